//! A browser with a robot before it, who agrees to everything.

use reqwest::{Response, StatusCode};
use url::{Url, form_urlencoded::Serializer};

use super::{PATIENCE, client};

/// How far a walk through the consent's pages came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    /// The app took the answer.
    Arrived,
    /// The app did not take the answer for its own.
    TurnedAway,
    /// No page, or one that leads nowhere.
    DeadEnd,
}

pub struct Robot {
    http: reqwest::Client,
}

impl Robot {
    pub fn new() -> Self {
        Self {
            http: client(3 * PATIENCE),
        }
    }

    /// Opens the link and goes on as this person until the browser is back at the app.
    pub async fn consent(&self, link: &str, who: &str) -> Walk {
        let mut page = self.http.get(link).send().await;
        while let Ok(answer) = page {
            if answer.status() == StatusCode::FOUND {
                return self.go_back_to_the_app(&answer).await;
            }
            let Some(request) = self.fill_in(answer, who).await else {
                return Walk::DeadEnd;
            };
            page = request.send().await;
        }
        Walk::DeadEnd
    }

    async fn go_back_to_the_app(&self, answer: &Response) -> Walk {
        let address = answer.headers()["location"].to_str().expect("an address");
        let answer = self.http.get(address).send().await.expect("the app listens");
        if answer.status() != StatusCode::SEE_OTHER {
            return Walk::TurnedAway;
        }
        // Browsers fetch the last page; until they do, the app keeps its port.
        let last = answer.headers()["location"].to_str().expect("an address");
        let last = Url::parse(address)
            .and_then(|here| here.join(last))
            .expect("an address");
        let http = self.http.clone();
        tokio::spawn(async move { http.get(last).send().await.is_ok() });
        Walk::Arrived
    }

    /// What a person who agrees to everything sends from this page.
    async fn fill_in(&self, page: Response, who: &str) -> Option<reqwest::RequestBuilder> {
        let address = page.url().clone();
        let html = page.text().await.ok()?;
        let mut form = Serializer::new(String::new());
        form.append_pair("attempt", between(&html, "name=\"attempt\" value=\"", "\"")?);
        form.append_pair("decision", "continue");
        let path = match between(&html, "data-page=\"", "\"")? {
            "chooser" => {
                let button = between(&html, &format!("id=\"person-{who}\""), ">")?;
                form.append_pair("person", between(button, "value=\"", "\"")?);
                "/signin/person"
            }
            "unverified" => "/signin/warning",
            "sign-in" => "/signin/sign-in",
            "access" => {
                for rest in html.split("name=\"scope\" value=\"").skip(1) {
                    form.append_pair("scope", rest.split('"').next()?);
                }
                "/signin/access"
            }
            _ => return None,
        };
        let request = self.http.post(address.join(path).ok()?).body(form.finish());
        Some(request.header("content-type", "application/x-www-form-urlencoded"))
    }
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let start = text.find(before)? + before.len();
    text[start..].split(after).next()
}
