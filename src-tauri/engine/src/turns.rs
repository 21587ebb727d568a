//! Consents and revokes take turns.
//!
//! A revoke ends every grant of its account (Google: "Revoking a token"), also one that a consent has
//! brought a moment ago and nobody has stored yet. So none is sent between an exchange and the end of what
//! it brought: stored, given back, or refused.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use evergrant_domain::{AccountId, Fault};
use tokio::sync::{OwnedRwLockReadGuard, OwnedRwLockWriteGuard, RwLock};

/// Whoever waits for a turn waits for calls that are bounded by their ports.
#[derive(Default)]
pub(crate) struct Turns {
    lock: Arc<RwLock<()>>,
    endings: Mutex<Endings>,
}

/// Held by a consent from before its code is sent until what it brought has a place.
pub(crate) struct ConsentTurn(
    #[expect(dead_code, reason = "it ends when it is dropped")] OwnedRwLockWriteGuard<()>,
);

/// Held by a revoke until its answer has been dealt with. Any number at a time.
pub(crate) struct RevokeTurn(
    #[expect(dead_code, reason = "it ends when it is dropped")] OwnedRwLockReadGuard<()>,
);

/// A moment in this run, as far as revokes are concerned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mark(u64);

/// Whether a revoke that was answered like this may have ended something.
pub(crate) fn landed(answer: &Result<(), Fault>) -> bool {
    answer
        .as_ref()
        .err()
        .is_none_or(|fault| fault.code.may_have_landed())
}

#[derive(Default)]
struct Endings {
    so_far: Mark,
    last: BTreeMap<AccountId, Mark>,
}

impl Turns {
    pub async fn consent(&self) -> ConsentTurn {
        ConsentTurn(Arc::clone(&self.lock).write_owned().await)
    }

    pub async fn revoke(&self) -> RevokeTurn {
        RevokeTurn(Arc::clone(&self.lock).read_owned().await)
    }

    /// A revoke may have reached the provider: whatever was granted before is ended.
    pub fn note_revoked(&self, _: &RevokeTurn, id: &AccountId) {
        self.with(|endings| {
            endings.so_far.0 += 1;
            endings.last.insert(id.clone(), endings.so_far);
        });
    }

    pub fn now(&self) -> Mark {
        self.with(|endings| endings.so_far)
    }

    /// Whether what was granted to this account before `mark` is ended.
    pub fn revoked_since(&self, mark: Mark, id: &AccountId) -> bool {
        self.with(|endings| endings.last.get(id).is_some_and(|last| *last > mark))
    }

    fn with<T>(&self, look: impl FnOnce(&mut Endings) -> T) -> T {
        look(&mut self.endings.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
