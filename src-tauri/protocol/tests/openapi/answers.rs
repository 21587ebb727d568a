//! What is answered: every field that a type writes is described, and those are required that are always there.

use std::collections::BTreeSet;

use evergrant_protocol::command::{
    Attempt, Check, Examination, Happened, History, HistoryLine, LogEntry, LogPage, Outcome, ProgramList,
    ProgramView, TestLine, Trouble,
};
use evergrant_protocol::{
    AccountList, AccountName, AccountState, AccountView, GrantList, GrantView, Problem, ProblemCode,
    Reported, SeenAs, Status, TokenAnswer, VERSION,
};
use serde::Serialize;
use serde_json::{Value, json};

use crate::document::{Document, object};

pub const HELD: &[&str] = &[
    "AccountList",
    "AccountName",
    "AccountView",
    "Attempt",
    "Check",
    "Examination",
    "GrantList",
    "GrantView",
    "History",
    "HistoryLine",
    "LogEntry",
    "LogPage",
    "Outcome",
    "Problem",
    "ProgramList",
    "ProgramView",
    "Reported",
    "SeenAs",
    "Status",
    "TestLine",
    "TokenAnswer",
    "Trouble",
];

/// `full` has every field set, `spare` as few as there can be.
fn hold<T: Serialize>(name: &str, full: &T, spare: &T) {
    let document = Document::read();
    let valid = document.validator(name);
    let [full, spare] =
        [full, spare].map(|sample| serde_json::to_value(sample).expect("it has a form in JSON"));
    for sample in [&full, &spare] {
        let wrong: Vec<String> = valid.iter_errors(sample).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{name}: {sample}: {wrong:?}");
    }
    assert_eq!(fields(&full), document.properties(name), "{name}: the fields");
    assert_eq!(
        fields(&spare),
        document.required(name),
        "{name}: what is always there"
    );
}

fn fields(json: &Value) -> BTreeSet<String> {
    object(json).keys().cloned().collect()
}

fn text() -> String {
    "text".to_owned()
}

fn name() -> AccountName {
    AccountName {
        id: text(),
        provider: text(),
        email: text(),
    }
}

fn grant(known: bool) -> GrantView {
    GrantView {
        id: "0123456789abcdef".to_owned(),
        account: name(),
        scopes: vec![text()],
        since: 1,
        until: known.then_some(2),
        last_used: known.then_some(3),
        uses: 4,
    }
}

fn trouble(known: bool) -> Trouble {
    Trouble {
        code: text(),
        what: text(),
        todo: text(),
        detail: known.then(text),
    }
}

/// The broker writes it by hand, so only reading can be held to it.
#[test]
fn a_token() {
    let document = Document::read();
    let valid = document.validator("TokenAnswer");
    let full = json!({
        "access_token": "secret",
        "token_type": "Bearer",
        "expires_at": 1,
        "scopes": ["email"],
        "account": { "id": "1", "provider": "google", "email": "alice@example.com" },
    });
    assert!(valid.is_valid(&full));
    assert_eq!(fields(&full), document.properties("TokenAnswer"));
    for field in document.properties("TokenAnswer") {
        let mut less = object(&full).clone();
        less.remove(&field);
        assert!(!valid.is_valid(&less.clone().into()), "{field} is always there");
        assert!(
            serde_json::from_value::<TokenAnswer>(less.into()).is_err(),
            "{field} is read"
        );
    }
}

#[test]
fn accounts_and_grants() {
    hold("AccountName", &name(), &name());
    let states = [
        AccountState::Connected,
        AccountState::NeedsReconnect,
        AccountState::NeedsSignIn,
        AccountState::Disconnecting,
    ];
    for state in states {
        let account = |known: bool| AccountView {
            id: text(),
            provider: text(),
            email: text(),
            name: known.then(text),
            state,
            scopes: vec![text()],
            reason: known.then(text),
            forecast: known.then(text),
        };
        hold("AccountView", &account(true), &account(false));
        let list = |known| AccountList {
            accounts: vec![account(known)],
        };
        hold("AccountList", &list(true), &list(false));
    }
    let schema = Document::read().schema("AccountState")["enum"].clone();
    assert_eq!(schema, serde_json::to_value(states).expect("they have names"));

    hold("GrantView", &grant(true), &grant(false));
    let list = |known| GrantList {
        grants: vec![grant(known)],
    };
    hold("GrantList", &list(true), &list(false));
    let reported = Reported { expires_at: 1 };
    hold("Reported", &reported, &reported);
}

#[test]
fn the_status() {
    let seen = |known: bool| SeenAs {
        name: text(),
        path: known.then(text),
        assurance: "script".to_owned(),
        started_by: vec![text()],
        remembered: true,
    };
    hold("SeenAs", &seen(true), &seen(false));
    let status = |known| Status {
        version: text(),
        protocol: VERSION,
        paused: false,
        headless: false,
        you: seen(known),
    };
    hold("Status", &status(true), &status(false));
}

#[test]
fn a_problem() {
    for code in ProblemCode::ALL {
        let spare = Problem::new(*code, text(), text());
        let full = Problem {
            detail: Some(text()),
            retry_after: Some(2),
            fault: Some(text()),
            accounts: vec![name()],
            ..spare.clone()
        };
        hold("Problem", &full, &spare);
    }
}

#[test]
fn what_the_command_is_told_of_accounts() {
    let attempt = |known: bool| Attempt {
        step: "waiting".to_owned(),
        email: known.then(text),
        link: known.then(text),
        deadline: known.then_some(1),
        fault: known.then(|| trouble(known)),
    };
    hold("Attempt", &attempt(true), &attempt(false));
    hold("Trouble", &trouble(true), &trouble(false));
    let line = |known: bool| TestLine {
        name: text(),
        verdict: "works".to_owned(),
        what: text(),
        todo: known.then(text),
    };
    hold("TestLine", &line(true), &line(false));
    let outcome = |known: bool| Outcome {
        account: name(),
        done: true,
        fresh_until: known.then_some(1),
        lines: vec![line(known)],
        trouble: known.then(|| trouble(known)),
    };
    hold("Outcome", &outcome(true), &outcome(false));
    let check = |known: bool| Check {
        name: text(),
        verdict: "ill".to_owned(),
        what: text(),
        remedy: known.then(text),
    };
    hold("Check", &check(true), &check(false));
    let examination = |known| Examination {
        checks: vec![check(known)],
    };
    hold("Examination", &examination(true), &examination(false));
}

#[test]
fn what_the_command_is_told_of_an_accounts_past() {
    for what in Happened::ALL {
        let line = |known: bool| HistoryLine {
            account: name(),
            what,
            first: 1,
            last: 2,
            times: 3,
            fault: known.then(text),
            program: known.then(text),
        };
        hold("HistoryLine", &line(true), &line(false));
        let history = |known| History {
            lines: vec![line(known)],
        };
        hold("History", &history(true), &history(false));
    }
    let schema = Document::read().schema("HistoryLine")["properties"]["what"]["enum"].clone();
    let names = Happened::ALL.map(Happened::as_str);
    assert_eq!(schema, json!(names), "on the wire");
    assert_eq!(schema, json!(Happened::ALL), "and in messages");
}

#[test]
fn what_the_command_is_told_of_programs() {
    let program = |known: bool| ProgramView {
        name: text(),
        path: known.then(text),
        assurance: "system".to_owned(),
        grants: vec![grant(known)],
        refused_until: known.then_some(1),
        muted: false,
    };
    hold("ProgramView", &program(true), &program(false));
    let list = |known| ProgramList {
        programs: vec![program(known)],
    };
    hold("ProgramList", &list(true), &list(false));
    let entry = |known: bool| LogEntry {
        number: 1,
        at: 2,
        program: text(),
        path: known.then(text),
        account: known.then(text),
        scopes: vec![text()],
        outcome: "given".to_owned(),
        code: known.then(text),
    };
    hold("LogEntry", &entry(true), &entry(false));
    let page = |known| LogPage {
        entries: vec![entry(known)],
        intact: true,
    };
    hold("LogPage", &page(true), &page(false));
}
