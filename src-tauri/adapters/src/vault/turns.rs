//! Changes of one item happen one after the other, also when a caller no longer waits.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use evergrant_engine::ports::VaultKey;

/// One turn an item: a change that got stuck and lands late ends, undone, before the next begins.
#[derive(Default)]
pub(super) struct Turns(Mutex<HashMap<VaultKey, Arc<Mutex<()>>>>);

impl Turns {
    pub(super) fn take<T>(&self, key: &VaultKey, change: impl FnOnce() -> T) -> T {
        let turn = {
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.entry(key.clone()).or_default())
        };
        let _mine = turn.lock().unwrap_or_else(PoisonError::into_inner);
        change()
    }
}
