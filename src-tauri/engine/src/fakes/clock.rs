use std::sync::Mutex;

use evergrant_domain::{
    Moment, Timestamp,
    time::{Seconds, Uptime},
};

use super::locked;
use crate::ports::Clock;

/// Clocks that stand still until they are told otherwise.
pub struct FakeClock(Mutex<Moment>);

impl Default for FakeClock {
    fn default() -> Self {
        Self(Mutex::new(Moment {
            wall: Timestamp(1_800_000_000),
            up: Uptime(1_000),
        }))
    }
}

impl FakeClock {
    /// Somebody sets the clock on the wall; no time passes.
    pub fn set(&self, wall: Timestamp) {
        locked(&self.0).wall = wall;
    }

    /// Time passes, for both clocks.
    pub fn advance(&self, span: Seconds) {
        let mut now = locked(&self.0);
        *now = *now + span;
    }
}

impl Clock for FakeClock {
    fn moment(&self) -> Moment {
        *locked(&self.0)
    }
}
