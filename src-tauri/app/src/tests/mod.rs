//! The commands, called as the web view calls them, on a window that is not there.

mod allowed;
mod commands;
mod fake_agent;
mod forward;
mod page;

use evergrant_agent::interface::{AccountState, AccountView};

pub use fake_agent::FakeAgent;

/// A connected account, named as wished.
pub fn account(name: &str) -> AccountView {
    AccountView {
        id: name.to_owned(),
        provider: "google".to_owned(),
        provider_name: "Google".to_owned(),
        email: format!("{name}@example.com"),
        name: None,
        has_picture: false,
        state: AccountState::Connected,
        fault: None,
        granted: Vec::new(),
        missing: Vec::new(),
        connected_since: 1_700_000_000,
        last_checked: None,
        fresh_until: None,
        busy: None,
        outcome: None,
    }
}
