//! What needs the person, and what of it to tell.

use std::collections::HashMap;

use evergrant_agent::interface::{AccountState, AccountView, RecoveryView};

/// Why an account needs the person; none when it goes on by itself.
pub fn cause(account: &AccountView) -> Option<String> {
    let fault = account
        .fault
        .as_ref()
        .filter(|fault| !matches!(fault.recovery, RecoveryView::TryAgain | RecoveryView::Nothing));
    match (account.state, fault) {
        (_, Some(fault)) => Some(fault.code.clone()),
        (AccountState::NeedsReconnect, None) => Some("needs_reconnect".to_owned()),
        (AccountState::NeedsSignIn, None) => Some("needs_sign_in".to_owned()),
        (AccountState::Connected | AccountState::Disconnecting, None) => None,
    }
}

/// What the person was told about, so that each is told once.
#[derive(Debug, Default)]
pub struct Told {
    /// The cause that was last told of each account.
    causes: HashMap<String, String>,
    question: Option<u32>,
}

impl Told {
    /// The accounts that newly need the person. One that recovers is told about again next time.
    pub fn news<'a>(&mut self, accounts: &'a [AccountView]) -> Vec<&'a AccountView> {
        let before = std::mem::take(&mut self.causes);
        let mut news = Vec::new();
        for account in accounts {
            let Some(cause) = cause(account) else { continue };
            if before.get(&account.id) != Some(&cause) {
                news.push(account);
            }
            self.causes.insert(account.id.clone(), cause);
        }
        news
    }

    /// Whether a question is still to be told.
    pub fn question(&mut self, id: u32) -> bool {
        self.question.replace(id) != Some(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::account;
    use evergrant_agent::interface::FaultView;

    fn fault(recovery: RecoveryView) -> FaultView {
        FaultView {
            code: "some_code".to_owned(),
            recovery,
            detail: None,
        }
    }

    #[test]
    fn only_what_the_person_can_mend_needs_them() {
        let mut alice = account("alice");
        assert_eq!(cause(&alice), None);
        for patient in [RecoveryView::TryAgain, RecoveryView::Nothing] {
            alice.fault = Some(fault(patient));
            assert_eq!(cause(&alice), None, "{patient:?}");
        }
        alice.fault = Some(fault(RecoveryView::MendVault));
        assert_eq!(cause(&alice).as_deref(), Some("some_code"));
        alice.fault = None;
        alice.state = AccountState::NeedsReconnect;
        assert!(cause(&alice).is_some());
    }

    #[test]
    fn each_cause_is_told_once_until_it_is_mended() {
        let mut told = Told::default();
        let well = account("alice");
        let ill = AccountView {
            state: AccountState::NeedsReconnect,
            ..account("alice")
        };
        assert_eq!(told.news(std::slice::from_ref(&ill)).len(), 1);
        assert_eq!(told.news(std::slice::from_ref(&ill)).len(), 0);
        assert_eq!(told.news(&[well]).len(), 0);
        assert_eq!(told.news(&[ill]).len(), 1);
    }

    #[test]
    fn each_question_is_told_once() {
        let mut told = Told::default();
        assert!(told.question(3));
        assert!(!told.question(3));
        assert!(told.question(4));
    }

    #[test]
    fn another_cause_is_news() {
        let mut told = Told::default();
        let mut alice = AccountView {
            state: AccountState::NeedsReconnect,
            ..account("alice")
        };
        assert_eq!(told.news(std::slice::from_ref(&alice)).len(), 1);
        alice.fault = Some(fault(RecoveryView::ImportClient));
        assert_eq!(told.news(&[alice]).len(), 1);
    }
}
