//! When leases were last fetched because somebody insisted, so that nobody can make the provider work
//! without end.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use evergrant_domain::{AccountId, ScopeSet, Timestamp, time::Seconds};

/// At most one a minute for each account and scope set.
pub const PAUSE: Seconds = Seconds(60);

#[derive(Debug, Default)]
pub struct Freshened(Mutex<HashMap<(AccountId, ScopeSet), Timestamp>>);

impl Freshened {
    /// Claims the turn to fetch a new lease.
    ///
    /// # Errors
    /// How long to wait for the next turn.
    pub fn claim(&self, account: &AccountId, scopes: &ScopeSet, now: Timestamp) -> Result<(), Seconds> {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.retain(|_, at| *at <= now && (now - *at) < PAUSE);
        let turn = (account.clone(), scopes.clone());
        if let Some(at) = last.get(&turn) {
            return Err(Seconds(PAUSE.0 - (now - *at).0));
        }
        last.insert(turn, now);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use evergrant_domain::Subject;

    #[test]
    fn a_turn_comes_once_a_minute_for_each_account_and_scope_set() {
        let subject = Subject {
            issuer: "i".into(),
            sub: "s".into(),
        };
        let account = AccountId::of(&subject);
        let (mail, drive) = (ScopeSet::parse("mail"), ScopeSet::parse("drive"));
        let turns = Freshened::default();
        assert_eq!(turns.claim(&account, &mail, Timestamp(100)), Ok(()));
        assert_eq!(turns.claim(&account, &mail, Timestamp(130)), Err(Seconds(30)));
        assert_eq!(turns.claim(&account, &drive, Timestamp(130)), Ok(()));
        assert_eq!(turns.claim(&account, &mail, Timestamp(160)), Ok(()));
        assert_eq!(
            turns.claim(&account, &mail, Timestamp(50)),
            Ok(()),
            "the clock went back"
        );
    }
}
