//! What a person does in the browser: chooses who they are, says yes to everything, and is sent back.

use reqwest::StatusCode;

use super::provider::Provider;
use crate::failure::Failure;

/// More pages than a consent has.
const MOST_PAGES: usize = 6;

impl Provider {
    /// Says yes on every page as this person; where the browser is then sent, with the code.
    pub async fn agree(&self, link: &str, email: &str) -> Result<String, Failure> {
        let mut answer = self.http.get(link).send().await?;
        for _ in 0..MOST_PAGES {
            if answer.status() == StatusCode::FOUND {
                let to = answer.headers().get("location");
                let to = to.and_then(|to| to.to_str().ok());
                return to
                    .map(str::to_owned)
                    .ok_or_else(|| Failure::Stage("the provider sends the browser nowhere".to_owned()));
            }
            let html = answer.text().await?;
            let (path, form) = filled_in(&html, email)
                .ok_or_else(|| Failure::Stage(format!("nothing to agree to: {html}")))?;
            let address = format!("{}{path}", self.address());
            answer = self.http.post(address).form(&form).send().await?;
        }
        Err(Failure::Stage("the pages of the consent never end".to_owned()))
    }

    /// Follows the browser back to the agent. One that dies meanwhile answers nothing.
    pub async fn go_back(&self, address: &str) {
        if let Ok(answer) = self.http.get(address).send().await {
            let _ = answer.bytes().await;
        }
    }
}

fn filled_in(html: &str, email: &str) -> Option<(&'static str, Vec<(&'static str, String)>)> {
    let attempt = between(html, "name=\"attempt\" value=\"", "\"")?;
    let mut form = vec![
        ("attempt", attempt.to_owned()),
        ("decision", "continue".to_owned()),
    ];
    let path = match between(html, "data-page=\"", "\"")? {
        "chooser" => {
            let button = format!("id=\"person-{}\"", email.split('@').next()?);
            let button = between(html, &button, ">")?;
            form.push(("person", between(button, "value=\"", "\"")?.to_owned()));
            "/signin/person"
        }
        "unverified" => "/signin/warning",
        "sign-in" => "/signin/sign-in",
        "access" => {
            for part in html.split("name=\"scope\" value=\"").skip(1) {
                form.push(("scope", part.split('"').next()?.to_owned()));
            }
            "/signin/access"
        }
        _ => return None,
    };
    Some((path, form))
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let start = text.find(before)? + before.len();
    text[start..].split(after).next()
}
