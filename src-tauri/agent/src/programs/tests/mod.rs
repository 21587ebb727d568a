//! The broker on its real socket, with the real witness, book and log, and a real engine whose provider
//! and vault are fakes. The programs that ask are real processes.

mod asking;
mod deciding;
mod judging;
mod past;
mod program;
mod stage;
mod undoing;

use crate::interface::{AccountState, AccountView};

/// An account as shown, with nothing to say.
pub fn shown(id: &str) -> AccountView {
    AccountView {
        id: id.to_owned(),
        provider: "example".to_owned(),
        provider_name: "Example".to_owned(),
        client: "example:0123456789abcdef".to_owned(),
        email: "alice@example.com".to_owned(),
        name: None,
        has_picture: false,
        state: AccountState::Connected,
        fault: None,
        reason: None,
        forecast: None,
        granted: vec![],
        missing: vec![],
        connected_since: 0,
        last_checked: None,
        fresh_until: None,
        busy: None,
        outcome: None,
    }
}
