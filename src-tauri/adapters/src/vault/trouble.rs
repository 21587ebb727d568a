//! Whether the vault was last found shut, for whoever waits for it to open.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use evergrant_domain::Code;
use tokio::time::{Instant, sleep_until};

/// The least time between two looks: a vault that calls itself open and lets nobody in is not asked
/// in a circle.
const PAUSE: Duration = Duration::from_secs(5);

/// A call found the vault shut, and nobody was told yet that it opened.
#[derive(Default)]
pub(super) struct Trouble {
    shut: AtomicBool,
    looked: Mutex<Option<Instant>>,
}

impl Trouble {
    /// Notes what a call came to; a vault that fails in other ways shows in no look at it.
    pub(super) fn note(&self, code: Code) {
        let shut = matches!(
            code,
            Code::VaultUnreachable
                | Code::VaultAbsent
                | Code::VaultEmpty
                | Code::VaultLocked
                | Code::VaultDismissed
        );
        if shut {
            self.shut.store(true, Ordering::SeqCst);
        }
    }

    /// Whether it is worth a look now: it may have opened before anybody listened.
    pub(super) async fn look_again(&self) -> bool {
        if !self.shut.load(Ordering::SeqCst) {
            return false;
        }
        let next = {
            let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
            let now = Instant::now();
            let next = looked.map_or(now, |last| now.max(last + PAUSE));
            *looked = Some(next);
            next
        };
        sleep_until(next).await;
        true
    }

    /// Somebody was told that it opened.
    pub(super) fn over(&self) {
        self.shut.store(false, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_vault_that_only_looks_open_is_looked_at_in_peace() {
        let trouble = Trouble::default();
        assert!(!trouble.look_again().await, "all was well");
        let began = Instant::now();
        for _ in 0..3 {
            trouble.note(Code::VaultLocked);
            assert!(trouble.look_again().await);
            trouble.over();
        }
        assert_eq!(began.elapsed(), PAUSE * 2, "the first at once");
        trouble.note(Code::VaultItemMissing);
        assert!(!trouble.look_again().await, "an open vault is no trouble");
    }
}
