//! The commands, called as the web view calls them, on a window that is not there.

mod allowed;
mod commands;
mod fake_agent;
mod forward;
mod page;
mod question;

use evergrant_agent::interface::{
    AccountState, AccountView, AskerView, AssuranceView, ForecastView, QuestionView, ReasonView,
    RecoveryView, Sureness, WishView,
};

pub use fake_agent::FakeAgent;

/// A connected account, named as wished.
pub fn account(name: &str) -> AccountView {
    AccountView {
        id: name.to_owned(),
        provider: "google".to_owned(),
        provider_name: "Google".to_owned(),
        client: "google:0123456789abcdef".to_owned(),
        email: format!("{name}@example.com"),
        name: None,
        has_picture: false,
        state: AccountState::Connected,
        fault: None,
        reason: None,
        forecast: None,
        granted: Vec::new(),
        missing: Vec::new(),
        connected_since: 1_700_000_000,
        last_checked: None,
        fresh_until: None,
        busy: None,
        outcome: None,
    }
}

/// Why an account stopped.
pub fn removed() -> ReasonView {
    ReasonView {
        cause: "removed_by_person".to_owned(),
        sureness: Sureness::Likely,
        values: [("provider".to_owned(), "Google".to_owned())].into(),
        others: Vec::new(),
        recovery: RecoveryView::Reconnect,
    }
}

/// What ends an account at this moment, in Unix seconds.
pub fn ahead(at: u32) -> ForecastView {
    ForecastView {
        kind: "testing_ends".to_owned(),
        at: Some(at),
        count: None,
        recovery: RecoveryView::Reconnect,
    }
}

/// A program that asks for one account.
pub fn question(id: u32) -> QuestionView {
    QuestionView {
        id,
        program: AskerView {
            name: "sync".to_owned(),
            path: Some("/usr/bin/sync".to_owned()),
            assurance: AssuranceView::System,
            through_command: false,
            package: None,
            started_by: Vec::new(),
            unit: None,
            terminal: None,
            icon: None,
        },
        wishes: vec![WishView {
            email: "alice@example.com".to_owned(),
            provider_name: "Google".to_owned(),
            scopes: Vec::new(),
        }],
        reason: None,
        deadline: 1_700_000_120,
        behind: 0,
        only_once: false,
    }
}
