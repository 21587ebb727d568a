//! The computer's clocks, for whoever must not be fooled by one that is set anew.

use evergrant_adapters::clock::{SystemClock, boot};
use evergrant_engine::ports::Clock;

/// A moment as both clocks have it, in seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Now {
    /// Since 1970; somebody may have set it.
    pub wall: i64,
    /// Since the computer's start, sleep included.
    pub up: i64,
    /// Names that start of the computer; `None` where the system has no name for it.
    pub boot: Option<String>,
}

pub fn now() -> Now {
    let moment = SystemClock.moment();
    Now {
        wall: moment.wall.0,
        up: moment.up.0,
        boot: boot(),
    }
}
