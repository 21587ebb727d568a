//! What a worker lays out for its handles, to be read without asking it.
//!
//! The promise is one of order: the worker takes an input, lays out what may be handed out now, and only
//! then does anything about it. Before a disconnect is written down, told or sent to the provider, the
//! shelf is empty; before a caller hears of a new lease, the lease is on it.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{PoisonError, RwLock};

use evergrant_domain::{Lease, Moment, ScopeSet, Timestamp, lifecycle::Leases, time::Seconds};

/// Written by one worker, read by anybody. Its lock is held for moments, never across a wait.
#[derive(Default)]
pub(super) struct Shelf {
    leases: RwLock<Leases>,
    closed: AtomicBool,
    /// When a program last got a lease, in Unix seconds; 0 where none did since the start.
    used: AtomicI64,
}

impl Shelf {
    /// Lays out these leases, or none.
    pub fn lay_out(&self, leases: Option<&Leases>) {
        let nothing = Leases::default();
        let leases = leases.unwrap_or(&nothing);
        // Most steps change nothing here, and then no reader has to wait.
        if *self.leases.read().unwrap_or_else(PoisonError::into_inner) != *leases {
            *self.leases.write().unwrap_or_else(PoisonError::into_inner) = leases.clone();
        }
    }

    /// The lease for these scopes, if it serves this long.
    pub fn take(&self, scopes: &ScopeSet, now: Moment, at_least: Seconds) -> Option<Lease> {
        let leases = self.leases.read().unwrap_or_else(PoisonError::into_inner);
        let lease = leases.serving(scopes, now, at_least).cloned();
        if lease.is_some() {
            self.note_use(now.wall);
        }
        lease
    }

    pub fn note_use(&self, now: Timestamp) {
        self.used.store(now.0, Ordering::Relaxed);
    }

    /// When a program last got a lease since the start.
    pub fn last_use(&self) -> Option<Timestamp> {
        let used = self.used.load(Ordering::Relaxed);
        (used != 0).then_some(Timestamp(used))
    }

    /// The engine stops: nothing is handed out any more.
    pub fn close(&self) {
        self.closed.store(true, Ordering::Release);
        self.lay_out(None);
    }

    /// Whether the engine stopped, as against the account being gone.
    pub fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Acquire)
    }
}
