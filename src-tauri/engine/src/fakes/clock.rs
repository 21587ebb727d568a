use std::sync::atomic::{AtomicI64, Ordering};

use evergrant_domain::{Timestamp, time::Seconds};

use crate::ports::Clock;

/// A wall clock that stands still until it is set.
pub struct FakeClock(AtomicI64);

impl Default for FakeClock {
    fn default() -> Self {
        Self(AtomicI64::new(1_800_000_000))
    }
}

impl FakeClock {
    pub fn set(&self, now: Timestamp) {
        self.0.store(now.0, Ordering::SeqCst);
    }

    pub fn advance(&self, span: Seconds) {
        self.0.fetch_add(span.0, Ordering::SeqCst);
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}
