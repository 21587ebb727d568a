//! The computer's clocks, for whoever must not be fooled by one that is set anew.

use evergrant_adapters::clock::{SystemClock, boot};
use evergrant_engine::ports::Clock;
use serde::{Deserialize, Serialize};

/// A moment as both clocks have it, in seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Since 1970; somebody may have set it.
    pub wall: i64,
    /// Since the computer's start, sleep included.
    pub up: i64,
    /// Names that start of the computer; `None` where the system has no name for it.
    pub boot: Option<String>,
}

pub fn now() -> Reading {
    let moment = SystemClock.moment();
    Reading {
        wall: moment.wall.0,
        up: moment.up.0,
        boot: boot(),
    }
}
