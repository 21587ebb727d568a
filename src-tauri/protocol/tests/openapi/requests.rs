//! What is asked: everything that a type takes is described, and nothing is called optional that it needs.

use std::collections::BTreeSet;
use std::fmt::Debug;

use evergrant_protocol::command::{Allow, Connect, Disconnect, OneAccount, Pause};
use evergrant_protocol::{AskGrants, GrantWish, Report, ReportKind, TokenRequest};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::document::{Document, object};

pub const HELD: &[&str] = &[
    "Allow",
    "AskGrants",
    "Connect",
    "Disconnect",
    "GrantWish",
    "OneAccount",
    "Pause",
    "Report",
    "TokenRequest",
];

/// `full` has every field set.
fn hold<T: Serialize + DeserializeOwned + PartialEq + Debug>(name: &str, full: &T) {
    let document = Document::read();
    let valid = document.validator(name);
    let json = serde_json::to_value(full).expect("it has a form in JSON");
    assert!(valid.is_valid(&json), "{name}: {json} is refused by its schema");
    let fields: BTreeSet<String> = object(&json).keys().cloned().collect();
    assert_eq!(fields, document.properties(name), "{name}: the fields");
    for field in &fields {
        for (how, changed) in [
            ("left out", without(&json, field)),
            ("null", with_null(&json, field)),
        ] {
            let taken = serde_json::from_value::<T>(changed.clone()).is_ok();
            assert_eq!(taken, valid.is_valid(&changed), "{name}: {field} {how}");
        }
        let wrong = with(&json, field, json!({ "of": "no such type" }));
        assert!(!valid.is_valid(&wrong), "{name}: {field} may be anything");
        assert!(serde_json::from_value::<T>(wrong).is_err(), "{name}: {field}");
    }
}

fn without(json: &Value, field: &str) -> Value {
    let mut map = object(json).clone();
    map.remove(field);
    map.into()
}

fn with_null(json: &Value, field: &str) -> Value {
    with(json, field, Value::Null)
}

fn with(json: &Value, field: &str, value: Value) -> Value {
    let mut changed = json.clone();
    changed[field] = value;
    changed
}

fn account() -> String {
    "alice@example.com".to_owned()
}

fn scopes() -> Vec<String> {
    vec!["email".to_owned()]
}

#[test]
fn what_programs_ask() {
    hold(
        "TokenRequest",
        &TokenRequest {
            account: account(),
            scopes: Some(scopes()),
            min_valid_seconds: Some(300),
            reason: Some("why".to_owned()),
            wait_seconds: Some(60),
        },
    );
    let wish = GrantWish {
        account: account(),
        scopes: Some(scopes()),
    };
    hold("GrantWish", &wish);
    hold(
        "AskGrants",
        &AskGrants {
            grants: vec![wish],
            reason: Some("why".to_owned()),
            wait_seconds: Some(60),
        },
    );
    hold(
        "Report",
        &Report {
            account: account(),
            kind: ReportKind::Rejected,
            scopes: Some(scopes()),
        },
    );
}

#[test]
fn what_the_command_asks() {
    hold(
        "Connect",
        &Connect {
            provider: Some("google".to_owned()),
            account: Some(account()),
            permissions: vec!["send_mail".to_owned()],
            scopes: vec!["email".to_owned()],
            browser: true,
        },
    );
    hold("OneAccount", &OneAccount { account: account() });
    hold(
        "Disconnect",
        &Disconnect {
            account: account(),
            only_here: true,
        },
    );
    hold(
        "Allow",
        &Allow {
            path: "/usr/bin/curl".to_owned(),
            interpreter: Some("/bin/sh".to_owned()),
            through_command: true,
            account: account(),
            scopes: Some(scopes()),
            seconds: Some(3600),
        },
    );
    hold("Pause", &Pause { paused: true });
}

#[test]
fn numbers_have_the_bounds_of_their_types() {
    let valid = Document::read().validator("TokenRequest");
    for (seconds, fine) in [
        (json!(-1), false),
        (json!(u32::MAX), true),
        (json!(1_u64 << 32), false),
        (json!(1.5), false),
    ] {
        let asked = json!({ "account": "a", "wait_seconds": seconds });
        assert_eq!(valid.is_valid(&asked), fine, "{asked}");
        assert_eq!(serde_json::from_value::<TokenRequest>(asked).is_ok(), fine);
    }
}
