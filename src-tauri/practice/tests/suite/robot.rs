//! A robot that fills in the pages, and a client that asks for tokens.

use evergrant_practice::{CLIENT_ID, CLIENT_SECRET, Options, Practice, start};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, redirect};
use serde_json::{Value, json};
use std::{collections::HashMap, time::Duration};
use url::Url;

pub const REDIRECT: &str = "http://127.0.0.1:9/callback";
/// The pair of RFC 7636 appendix B.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
pub const DRIVE: &str = "https://www.googleapis.com/auth/drive.file";
pub const CALENDAR: &str = "https://www.googleapis.com/auth/calendar.readonly";
pub const MAIL: &str = "https://mail.google.com/";

pub struct Robot {
    pub practice: Practice,
    pub http: Client,
}

/// Where a walk through the pages ended.
pub enum End {
    Callback(HashMap<String, String>),
    Page { status: StatusCode, html: String },
}

impl Robot {
    pub async fn new() -> Self {
        Self::with(Options::default()).await
    }

    pub async fn with(options: Options) -> Self {
        let http = Client::builder()
            .redirect(redirect::Policy::none())
            .no_proxy()
            .timeout(Duration::from_secs(20))
            .build()
            .expect("a client");
        Self {
            practice: start(options).await.expect("a free port"),
            http,
        }
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.practice.base_url())
    }

    pub async fn control(&self, path: &str, body: Value) -> Value {
        let response = self
            .control_request(Method::POST, path)
            .body(body.to_string())
            .send()
            .await
            .expect("sent");
        assert_eq!(
            response.status(),
            StatusCode::OK,
            "{}",
            response.text().await.unwrap_or_default()
        );
        response.json().await.expect("JSON")
    }

    pub async fn look(&self, path: &str) -> Value {
        let response = self
            .control_request(Method::GET, path)
            .send()
            .await
            .expect("sent");
        response.json().await.expect("JSON")
    }

    pub fn control_request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, self.url(&format!("/_control/{path}")))
            .bearer_auth(self.practice.control_key())
    }

    pub async fn fault(&self, endpoint: &str, fault: &str) {
        self.control("fault", json!({"endpoint": endpoint, "fault": fault}))
            .await;
    }

    pub async fn advance(&self, seconds: i64) {
        self.control("clock", json!({"advance_seconds": seconds})).await;
    }

    pub async fn open(&self, changes: &[(&str, &str)]) -> Response {
        self.http
            .get(self.url("/o/oauth2/v2/auth"))
            .query(&ask(changes))
            .send()
            .await
            .expect("the page opens")
    }

    /// Continues on every page, ticking everything.
    pub async fn walk(&self, changes: &[(&str, &str)]) -> End {
        self.walk_as(changes, "bob@example.com", None).await
    }

    /// Continues on every page, choosing this person if asked and ticking only these scopes.
    pub async fn walk_as(&self, changes: &[(&str, &str)], person: &str, ticked: Option<&[&str]>) -> End {
        let mut response = self.open(changes).await;
        for _ in 0..6 {
            let status = response.status();
            if status == StatusCode::FOUND {
                return End::Callback(callback(&response));
            }
            let html = response.text().await.expect("a page");
            let Some((path, form)) = filled_in(&html, person, ticked) else {
                return End::Page { status, html };
            };
            response = self.post(path, &form).await;
        }
        panic!("the pages never end");
    }

    pub async fn post(&self, path: &str, form: &[(String, String)]) -> Response {
        self.http
            .post(self.url(path))
            .form(form)
            .send()
            .await
            .expect("answered")
    }

    pub async fn code(&self, changes: &[(&str, &str)]) -> String {
        match self.walk(changes).await {
            End::Callback(mut callback) => callback.remove("code").expect("a code"),
            End::Page { html, .. } => panic!("no callback but {html}"),
        }
    }

    pub fn token_request(&self, form: &[(&str, &str)]) -> RequestBuilder {
        self.http.post(self.url("/token")).form(form)
    }

    pub async fn token(&self, form: &[(&str, &str)]) -> (u16, Value) {
        let response = self.token_request(form).send().await.expect("answered");
        let status = response.status().as_u16();
        (status, response.json().await.expect("JSON"))
    }

    /// Signs in and exchanges the code.
    pub async fn connect(&self, changes: &[(&str, &str)]) -> Value {
        let code = self.code(changes).await;
        let (status, answer) = self.token(&exchange_form(&code)).await;
        assert_eq!(status, 200, "{answer}");
        answer
    }

    pub fn refresh_request(&self, token: &str) -> RequestBuilder {
        self.token_request(&[
            ("grant_type", "refresh_token"),
            ("refresh_token", token),
            ("client_id", CLIENT_ID),
            ("client_secret", CLIENT_SECRET),
        ])
    }

    pub async fn refresh(&self, token: &str) -> (u16, Value) {
        let response = self.refresh_request(token).send().await.expect("answered");
        let status = response.status().as_u16();
        (status, response.json().await.expect("JSON"))
    }

    pub async fn revoke(&self, token: &str) -> (u16, Value) {
        let request = self.http.post(self.url("/revoke")).form(&[("token", token)]);
        let response = request.send().await.expect("answered");
        let status = response.status().as_u16();
        (status, response.json().await.expect("JSON"))
    }
}

/// The authorization request of a well-behaved app, with some parameters changed or, when
/// empty, left out.
pub fn ask(changes: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut ask: Vec<(String, String)> = [
        ("client_id", CLIENT_ID),
        ("redirect_uri", REDIRECT),
        ("response_type", "code"),
        ("scope", "openid email profile"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
        ("state", "the-state"),
        ("nonce", "the-nonce"),
        ("access_type", "offline"),
        ("prompt", "consent"),
        ("login_hint", "alice@example.com"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into();
    for (name, value) in changes {
        ask.retain(|(known, _)| known != name);
        if !value.is_empty() {
            ask.push(((*name).to_owned(), (*value).to_owned()));
        }
    }
    ask
}

fn filled_in(
    html: &str,
    person: &str,
    ticked: Option<&[&str]>,
) -> Option<(&'static str, Vec<(String, String)>)> {
    let mut form = vec![(
        "attempt".to_owned(),
        between(html, "name=\"attempt\" value=\"", "\"")?.to_owned(),
    )];
    let mut put = |name: &str, value: &str| form.push((name.to_owned(), value.to_owned()));
    put("decision", "continue");
    let path = match page_name(html) {
        "chooser" => {
            let local_part = person.split('@').next().unwrap_or_default();
            let button = between(html, &format!("id=\"person-{local_part}\""), ">")?;
            put("person", between(button, "value=\"", "\"")?);
            "/signin/person"
        }
        "unverified" => "/signin/warning",
        "sign-in" => "/signin/sign-in",
        "access" => {
            for part in html.split("name=\"scope\" value=\"").skip(1) {
                let scope = part.split('"').next().unwrap_or_default();
                if ticked.is_none_or(|ticked| ticked.contains(&scope)) {
                    put("scope", scope);
                }
            }
            "/signin/access"
        }
        _ => return None,
    };
    Some((path, form))
}

pub fn exchange_form(code: &str) -> Vec<(&str, &str)> {
    vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("client_id", CLIENT_ID),
        ("client_secret", CLIENT_SECRET),
        ("redirect_uri", REDIRECT),
        ("code_verifier", VERIFIER),
    ]
}

pub fn callback(response: &Response) -> HashMap<String, String> {
    let location = response.headers()["location"].to_str().expect("text");
    Url::parse(location)
        .expect("an address")
        .query_pairs()
        .into_owned()
        .collect()
}

pub fn page_name(html: &str) -> &str {
    between(html, "data-page=\"", "\"").unwrap_or_default()
}

pub fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let start = text.find(before)? + before.len();
    text[start..].split(after).next()
}

pub fn text<'a>(answer: &'a Value, name: &str) -> &'a str {
    answer[name]
        .as_str()
        .unwrap_or_else(|| panic!("no {name} in {answer}"))
}

pub fn refusal(error: &str, description: &str) -> Value {
    json!({"error": error, "error_description": description})
}

/// The dead-token answer that says least.
pub fn expired() -> (u16, Value) {
    (
        400,
        refusal("invalid_grant", "Token has been expired or revoked."),
    )
}
