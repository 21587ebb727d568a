//! A practice Google, the adapter pointed at it, and a robot that continues on every page.

use std::{sync::Arc, time::Duration};

use evergrant_adapters::{
    clock::SystemClock,
    provider::{Http, Limits, OidcProvider, practice},
};
use evergrant_domain::{
    AuthorizationCode, Client, ClientSecret, Fault, Grant, ScopeSet,
    consent::ask::{AttemptSecrets, Purpose},
    provider,
    secret::{Nonce, State, Verifier},
};
use evergrant_engine::ports::{Clock, CodeExchange, ConsentAsk, Provider};
use evergrant_practice::{CLIENT_ID, CLIENT_SECRET, Options, Practice, start};
use reqwest::{Method, Response, redirect};
use serde_json::{Value, json};
use url::{Url, form_urlencoded::Serializer};

pub const REDIRECT: &str = "http://127.0.0.1:9/answer/unguessable";
pub const EVERYTHING: &str = "openid email profile https://www.googleapis.com/auth/gmail.readonly \
    https://www.googleapis.com/auth/calendar https://www.googleapis.com/auth/drive \
    https://www.googleapis.com/auth/contacts";

pub struct Bench {
    pub practice: Practice,
    pub provider: OidcProvider,
    /// Whom the robot chooses, by the first part of the address.
    pub who: &'static str,
    browser: reqwest::Client,
}

impl Bench {
    pub async fn new() -> Self {
        Self::with(|base| practice(base, base)).await
    }

    pub async fn with(data: impl FnOnce(&str) -> provider::Provider) -> Self {
        Self::by(Arc::new(SystemClock), data).await
    }

    pub async fn by(clock: Arc<dyn Clock>, data: impl FnOnce(&str) -> provider::Provider) -> Self {
        let practice = start(Options::default()).await.expect("a free port");
        let provider = adapter_by(clock, data(&practice.base_url()));
        let browser = reqwest::Client::builder()
            .redirect(redirect::Policy::none())
            .no_proxy()
            .timeout(Duration::from_secs(20))
            .build()
            .expect("a browser");
        Self {
            practice,
            provider,
            who: "alice",
            browser,
        }
    }

    pub async fn control(&self, path: &str, body: Value) -> Value {
        self.steer(Method::POST, path, body.to_string()).await
    }

    pub async fn look(&self, path: &str) -> Value {
        self.steer(Method::GET, path, String::new()).await
    }

    async fn steer(&self, method: Method, path: &str, body: String) -> Value {
        let address = format!("{}/_control/{path}", self.practice.base_url());
        let request = self
            .browser
            .request(method, address)
            .bearer_auth(self.practice.control_key());
        let answer = request.body(body).send().await.expect("answered");
        let status = answer.status();
        let text = answer.text().await.expect("text");
        assert!(status.is_success(), "{path}: {text}");
        serde_json::from_str(&text).expect("JSON")
    }

    pub async fn fault(&self, endpoint: &str, fault: Value) {
        let mut plan = fault;
        plan["endpoint"] = json!(endpoint);
        self.control("fault", plan).await;
    }

    /// Asks for consent and lets the robot give it; the code comes back.
    pub async fn consent(&self, scopes: &str) -> String {
        let link = self.link(scopes, &Purpose::Adding).await.expect("a link");
        self.walk(&link).await
    }

    pub async fn link(&self, scopes: &str, purpose: &Purpose) -> Result<String, Fault> {
        let ask = ConsentAsk {
            client_id: CLIENT_ID,
            redirect_uri: REDIRECT,
            scopes: &ScopeSet::parse(scopes),
            purpose,
            secrets: &secrets(),
        };
        self.provider.consent_link(ask).await
    }

    pub async fn exchange(&self, code: &str, scopes: &str) -> Result<Grant, Fault> {
        self.exchange_as(&client(), code, scopes).await
    }

    pub async fn exchange_as(&self, client: &Client, code: &str, scopes: &str) -> Result<Grant, Fault> {
        let exchange = CodeExchange {
            client,
            redirect_uri: REDIRECT,
            asked: &ScopeSet::parse(scopes),
            code: &AuthorizationCode::new(code),
            secrets: &secrets(),
        };
        self.provider.exchange(exchange).await
    }

    pub async fn connect(&self, scopes: &str) -> Result<Grant, Fault> {
        let code = self.consent(scopes).await;
        self.exchange(&code, scopes).await
    }

    async fn walk(&self, link: &str) -> String {
        let mut answer = self.browser.get(link).send().await.expect("the page opens");
        for _ in 0..6 {
            if let Some(code) = code_of(&answer) {
                return code;
            }
            let html = answer.text().await.expect("a page");
            let (path, form) = filled_in(&html, self.who).unwrap_or_else(|| panic!("a dead end: {html}"));
            let address = format!("{}{path}", self.practice.base_url());
            let request = self.browser.post(address).body(form);
            let request = request.header("content-type", "application/x-www-form-urlencoded");
            answer = request.send().await.expect("answered");
        }
        panic!("the pages never end");
    }
}

/// With patience for a busy machine, and little for a server that hangs.
pub fn adapter(data: provider::Provider) -> OidcProvider {
    adapter_by(Arc::new(SystemClock), data)
}

fn adapter_by(clock: Arc<dyn Clock>, data: provider::Provider) -> OidcProvider {
    let limits = Limits {
        connect: Duration::from_secs(1),
        whole: Duration::from_millis(1_500),
    };
    let http = Http::new(limits).expect("a client").by_clock(Arc::clone(&clock));
    OidcProvider::new(data, http, clock)
}

pub fn client() -> Client {
    Client {
        id: CLIENT_ID.to_owned(),
        secret: Some(ClientSecret::new(CLIENT_SECRET)),
    }
}

pub fn secrets() -> AttemptSecrets {
    AttemptSecrets {
        state: State::new("the-state"),
        nonce: Nonce::new("the-nonce"),
        // RFC 7636 appendix B.
        verifier: Verifier::new("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
    }
}

fn code_of(answer: &Response) -> Option<String> {
    let location = answer.headers().get("location")?.to_str().ok()?;
    let pairs = Url::parse(location).ok()?;
    let found = pairs.query_pairs().find(|(name, _)| name == "code");
    Some(
        found
            .unwrap_or_else(|| panic!("no code in {location}"))
            .1
            .into_owned(),
    )
}

/// What a person who agrees to everything does on a page.
fn filled_in(html: &str, who: &str) -> Option<(&'static str, String)> {
    let mut form = Serializer::new(String::new());
    form.append_pair("attempt", between(html, "name=\"attempt\" value=\"", "\"")?);
    form.append_pair("decision", "continue");
    let path = match between(html, "data-page=\"", "\"")? {
        "chooser" => {
            let button = between(html, &format!("id=\"person-{who}\""), ">")?;
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
    Some((path, form.finish()))
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let start = text.find(before)? + before.len();
    text[start..].split(after).next()
}
