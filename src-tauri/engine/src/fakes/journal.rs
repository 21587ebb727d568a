use std::sync::{Arc, Mutex};

use evergrant_domain::{AccountId, Api, ScopeSet, consent::ask::Purpose};

use super::locked;
use crate::ports::{Ending, VaultKey};

/// One call to a fake. Nothing in it is secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    VaultReady,
    VaultWrite(VaultKey),
    VaultRead(VaultKey),
    VaultDelete(VaultKey),
    VaultList,
    LedgerRows,
    LedgerSave(AccountId),
    LedgerRemove(AccountId),
    Listen,
    Concluded(Ending),
    BrowserOpen,
    ConsentLink(Purpose, ScopeSet),
    Exchange,
    Refresh,
    Revoke,
    Person,
    Probe(Api),
    Picture,
}

/// Everything that was asked of the fakes, in order.
#[derive(Clone, Debug, Default)]
pub struct Journal(Arc<Mutex<Vec<Call>>>);

impl Journal {
    pub fn calls(&self) -> Vec<Call> {
        locked(&self.0).clone()
    }

    pub fn count(&self, call: &Call) -> usize {
        locked(&self.0).iter().filter(|made| *made == call).count()
    }

    /// The purposes of the consents asked, in order.
    pub fn consents(&self) -> Vec<Purpose> {
        let purpose = |call| match call {
            Call::ConsentLink(purpose, _) => Some(purpose),
            _ => None,
        };
        self.calls().into_iter().filter_map(purpose).collect()
    }

    /// Starts anew, so that a test sees only what it did itself.
    pub fn clear(&self) {
        locked(&self.0).clear();
    }

    pub(super) fn note(&self, call: Call) {
        locked(&self.0).push(call);
    }
}
