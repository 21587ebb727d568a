use evergrant_agent::interface::{AccountState, AccountView, Activity, ProfileName};
use evergrant_agent::messages::say;

use crate::attention;

/// What the tray shows; compared, so that it is redrawn only when it differs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrayModel {
    pub practice: bool,
    pub accounts: Vec<Line>,
    /// An account needs the person.
    pub attention: bool,
}

/// An account and how it is, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub account: String,
    pub words: String,
}

impl TrayModel {
    pub fn of(profile: ProfileName, accounts: &[AccountView]) -> Self {
        Self {
            practice: profile == ProfileName::Practice,
            accounts: accounts.iter().map(Line::of).collect(),
            attention: accounts.iter().any(|account| attention::cause(account).is_some()),
        }
    }

    /// What the icon says of itself, where the system shows such words.
    pub fn words(&self) -> String {
        say(
            if self.attention {
                "tray.attention"
            } else {
                "app.name"
            },
            &[],
        )
    }
}

impl Line {
    fn of(account: &AccountView) -> Self {
        let state = say(&format!("state.{}", state(account)), &[]);
        let values = [("email", account.email.as_str()), ("state", state.as_str())];
        Self {
            account: account.id.clone(),
            words: say("tray.account", &values),
        }
    }
}

/// What it does now, else how it is.
fn state(account: &AccountView) -> &'static str {
    match (account.busy, account.state) {
        (Some(Activity::Testing), _) => "testing",
        (Some(Activity::Refreshing), _) => "refreshing",
        (Some(Activity::Disconnecting), _) | (None, AccountState::Disconnecting) => "disconnecting",
        (None, AccountState::Connected) => "connected",
        (None, AccountState::NeedsReconnect) => "needsReconnect",
        (None, AccountState::NeedsSignIn) => "needsSignIn",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::account;

    #[test]
    fn each_account_has_a_line_in_words() {
        let model = TrayModel::of(ProfileName::Personal, &[account("alice")]);
        assert_eq!(model.accounts[0].words, "alice@example.com: Connected");
        assert!(!model.attention && !model.practice);
    }

    #[test]
    fn what_an_account_does_now_comes_before_how_it_is() {
        let busy = AccountView {
            busy: Some(Activity::Testing),
            ..account("alice")
        };
        let model = TrayModel::of(ProfileName::Practice, &[busy]);
        assert_eq!(model.accounts[0].words, "alice@example.com: Testing…");
        assert!(model.practice);
    }

    #[test]
    fn one_account_in_need_is_enough_for_the_sign() {
        let ill = AccountView {
            state: AccountState::NeedsSignIn,
            ..account("bob")
        };
        let model = TrayModel::of(ProfileName::Personal, &[account("alice"), ill]);
        assert!(model.attention);
    }

    #[test]
    fn every_state_has_its_word() {
        for state in ["connected", "needsReconnect", "needsSignIn", "disconnecting"] {
            let key = format!("state.{state}");
            assert_ne!(say(&key, &[]), key);
        }
        for busy in ["testing", "refreshing"] {
            let key = format!("state.{busy}");
            assert_ne!(say(&key, &[]), key);
        }
    }
}
