//! What needs the person, and what of it to tell.

use std::collections::HashMap;

use evergrant_agent::interface::{AccountState, AccountView, ForecastView, RecoveryView};

/// An end that is nearer than this needs the person now, in seconds.
const A_DAY: u32 = 24 * 60 * 60;

/// Why an account needs the person; none when it goes on by itself. `now` in Unix seconds.
pub fn cause(account: &AccountView, now: u32) -> Option<String> {
    let fault = account
        .fault
        .as_ref()
        .filter(|fault| !matches!(fault.recovery, RecoveryView::TryAgain | RecoveryView::Nothing));
    match (account.state, fault) {
        (_, Some(fault)) => Some(fault.code.clone()),
        (AccountState::NeedsReconnect, None) => Some("needs_reconnect".to_owned()),
        (AccountState::NeedsSignIn, None) => Some("needs_sign_in".to_owned()),
        (AccountState::Connected, None) => about_to_end(account, now).map(|ahead| ahead.kind.clone()),
        (AccountState::Disconnecting, None) => None,
    }
}

/// What ends an account within a day.
pub fn about_to_end(account: &AccountView, now: u32) -> Option<&ForecastView> {
    let ahead = account.forecast.as_ref()?;
    let near = ahead.at.is_some_and(|at| at.saturating_sub(now) <= A_DAY);
    near.then_some(ahead)
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
    pub fn news<'a>(&mut self, accounts: &'a [AccountView], now: u32) -> Vec<&'a AccountView> {
        let before = std::mem::take(&mut self.causes);
        let mut news = Vec::new();
        for account in accounts {
            let Some(cause) = cause(account, now) else {
                continue;
            };
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

    const NOW: u32 = 1_800_000_000;

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
        assert_eq!(cause(&alice, NOW), None);
        for patient in [RecoveryView::TryAgain, RecoveryView::Nothing] {
            alice.fault = Some(fault(patient));
            assert_eq!(cause(&alice, NOW), None, "{patient:?}");
        }
        alice.fault = Some(fault(RecoveryView::MendVault));
        assert_eq!(cause(&alice, NOW).as_deref(), Some("some_code"));
        alice.fault = None;
        alice.state = AccountState::NeedsReconnect;
        assert!(cause(&alice, NOW).is_some());
    }

    #[test]
    fn each_cause_is_told_once_until_it_is_mended() {
        let mut told = Told::default();
        let well = account("alice");
        let ill = AccountView {
            state: AccountState::NeedsReconnect,
            ..account("alice")
        };
        assert_eq!(told.news(std::slice::from_ref(&ill), NOW).len(), 1);
        assert_eq!(told.news(std::slice::from_ref(&ill), NOW).len(), 0);
        assert_eq!(told.news(&[well], NOW).len(), 0);
        assert_eq!(told.news(&[ill], NOW).len(), 1);
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
        assert_eq!(told.news(std::slice::from_ref(&alice), NOW).len(), 1);
        alice.fault = Some(fault(RecoveryView::ImportClient));
        assert_eq!(told.news(&[alice], NOW).len(), 1);
    }

    #[test]
    fn what_lies_ahead_needs_the_person_from_a_day_before() {
        let mut alice = account("alice");
        let ends = |at: Option<u32>| ForecastView {
            kind: "testing_ends".to_owned(),
            at,
            count: None,
            recovery: RecoveryView::Reconnect,
        };
        for (at, needs) in [
            (Some(NOW + A_DAY + 1), false),
            (Some(NOW + A_DAY), true),
            (Some(NOW), true),
            (Some(NOW - 1), true),
            (None, false),
        ] {
            alice.forecast = Some(ends(at));
            let expected = needs.then_some("testing_ends");
            assert_eq!(cause(&alice, NOW).as_deref(), expected, "{at:?}");
        }
        alice.forecast = Some(ends(Some(NOW)));
        alice.state = AccountState::Disconnecting;
        assert_eq!(cause(&alice, NOW), None, "a person is ending it");
    }

    #[test]
    fn a_day_that_comes_nearer_is_news_without_any_change() {
        let mut told = Told::default();
        let ending = AccountView {
            forecast: Some(ForecastView {
                kind: "idle".to_owned(),
                at: Some(NOW + 2 * A_DAY),
                count: None,
                recovery: RecoveryView::TryAgain,
            }),
            ..account("alice")
        };
        let all = [ending];
        assert_eq!(told.news(&all, NOW).len(), 0);
        assert_eq!(told.news(&all, NOW + A_DAY).len(), 1);
        assert_eq!(told.news(&all, NOW + A_DAY + 3_600).len(), 0);
    }
}
