//! Answers of the broker.

use serde_json::{Value, json};

pub fn alice() -> Value {
    json!({"id": "a1", "provider": "google", "email": "alice@example.com"})
}

pub fn token() -> String {
    json!({"access_token": "ya29.canary", "token_type": "Bearer", "expires_at": 1_800_000_000,
        "scopes": ["openid"], "account": alice()})
    .to_string()
}

pub fn accounts() -> Value {
    json!({"accounts": [
        {"id": "a1", "provider": "google", "email": "alice@example.com", "name": "Alice",
            "state": "connected", "scopes": ["openid"]},
        {"id": "b2", "provider": "google", "email": "bob@example.com", "name": null,
            "state": "needs_reconnect", "scopes": []},
    ]})
}

/// A problem whose words are its code.
pub fn problem(code: &str, status: u16, retry: bool) -> String {
    json!({"type": format!("urn:evergrant:problem:{code}"), "status": status, "code": code,
        "title": format!("What {code} is."), "hint": format!("What to do about {code}."), "retry": retry})
    .to_string()
}

pub fn outcome(done: bool, trouble: Option<&str>) -> Value {
    let trouble = trouble.map(
        |code| json!({"code": code, "what": format!("What {code} is."), "todo": "Do it.", "detail": null}),
    );
    json!({"account": alice(), "done": done, "fresh_until": done.then_some(1_800_000_000), "lines": [], "trouble": trouble})
}
