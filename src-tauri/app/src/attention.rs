//! What needs the person, and what of it to tell.

use evergrant_agent::interface::{AccountState, AccountView, ForecastView, RecoveryView};

use crate::bulletin::Needs;

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

/// Each account that needs the person, and what for.
pub fn needs(accounts: &[AccountView], now: u32) -> Needs {
    let needs = accounts
        .iter()
        .filter_map(|account| Some((account.id.clone(), cause(account, now)?)));
    needs.collect()
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
    fn only_those_that_need_somebody_are_named() {
        let ill = AccountView {
            state: AccountState::NeedsReconnect,
            ..account("bob")
        };
        let needs = needs(&[account("alice"), ill], NOW);
        assert_eq!(needs, [("bob".to_owned(), "needs_reconnect".to_owned())].into());
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
}
