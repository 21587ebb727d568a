//! Accounts that a person disconnects all at once are told of in one sentence, when the last of them is gone.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use evergrant_domain::AccountId;

/// Those that go together.
#[derive(Default)]
pub struct Together(Mutex<Batch>);

#[derive(Default)]
struct Batch {
    expected: BTreeSet<AccountId>,
    gone: usize,
}

/// How the end of an account is told.
#[derive(Debug, PartialEq, Eq)]
pub enum Told {
    ByItself,
    /// With others that are still to go.
    Later,
    /// With the others, this many in all.
    Together(usize),
}

impl Together {
    /// These go together, with those that are still expected.
    pub fn begin(&self, accounts: impl IntoIterator<Item = AccountId>) {
        self.batch().expected.extend(accounts);
    }

    /// An account is gone. `leaves` says of another one whether it still is to go: whoever was connected again in
    /// between is not waited for.
    pub fn gone(&self, account: &AccountId, leaves: impl Fn(&AccountId) -> bool) -> Told {
        let mut batch = self.batch();
        if !batch.expected.remove(account) {
            return Told::ByItself;
        }
        batch.gone += 1;
        batch.expected.retain(|other| leaves(other));
        if !batch.expected.is_empty() {
            return Told::Later;
        }
        match std::mem::take(&mut batch.gone) {
            1 => Told::ByItself,
            count => Told::Together(count),
        }
    }

    fn batch(&self) -> std::sync::MutexGuard<'_, Batch> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use evergrant_domain::Subject;

    use super::*;

    fn id(sub: &str) -> AccountId {
        AccountId::of(&Subject {
            issuer: "https://issuer.example".into(),
            sub: sub.into(),
        })
    }

    #[test]
    fn the_last_one_speaks_for_all() {
        let together = Together::default();
        together.begin(["a", "b", "c"].map(id));
        assert_eq!(together.gone(&id("b"), |_| true), Told::Later);
        assert_eq!(together.gone(&id("stranger"), |_| true), Told::ByItself);
        assert_eq!(together.gone(&id("a"), |_| true), Told::Later);
        assert_eq!(together.gone(&id("c"), |_| true), Told::Together(3));
        assert_eq!(together.gone(&id("a"), |_| true), Told::ByItself);
    }

    #[test]
    fn nobody_waits_for_one_that_stays() {
        let together = Together::default();
        together.begin(["a", "b", "c"].map(id));
        assert_eq!(together.gone(&id("a"), |_| true), Told::Later);
        let stays = id("c");
        assert_eq!(
            together.gone(&id("b"), |other| *other != stays),
            Told::Together(2)
        );
        assert_eq!(together.gone(&stays, |_| true), Told::ByItself);
    }

    #[test]
    fn one_alone_is_told_by_name() {
        let together = Together::default();
        together.begin([id("a")]);
        assert_eq!(together.gone(&id("a"), |_| true), Told::ByItself);
    }
}
