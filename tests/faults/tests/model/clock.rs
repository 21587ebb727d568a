//! Clocks that run with the paused time of the test, and that somebody can set.

use std::sync::Mutex;

use evergrant_domain::{
    Moment, Timestamp,
    time::{Seconds, Uptime},
};
use evergrant_engine::ports::Clock;
use tokio::time::Instant;

/// In the year 2027.
const BEGINNING: Moment = Moment {
    wall: Timestamp(1_800_000_000),
    up: Uptime(1_000),
};

/// A clock on the wall and one that only runs forward; both outlive the program that reads them.
pub struct Clocks(Mutex<Dial>);

struct Dial {
    at: Moment,
    since: Instant,
}

impl Clocks {
    /// Inside a runtime, as all the others.
    pub fn new() -> Self {
        Self(Mutex::new(Dial {
            at: BEGINNING,
            since: Instant::now(),
        }))
    }

    /// Somebody sets the clock on the wall; no time passes.
    pub fn set_ahead(&self, span: Seconds) {
        let mut dial = self.0.lock().expect("whole");
        dial.at.wall = dial.at.wall + span;
    }

    /// The computer sleeps: time passes, and nothing that waits gets any nearer.
    pub fn sleep(&self, span: Seconds) {
        let mut dial = self.0.lock().expect("whole");
        dial.at = dial.at + span;
    }

    /// Stands still from here until `go_on`, where another runtime counts from its own beginning.
    pub fn stand_still(&self) {
        let at = self.moment();
        self.0.lock().expect("whole").at = at;
    }

    pub fn go_on(&self) {
        self.0.lock().expect("whole").since = Instant::now();
    }
}

impl Clock for Clocks {
    fn moment(&self) -> Moment {
        let dial = self.0.lock().expect("whole");
        let passed = Instant::now().saturating_duration_since(dial.since);
        dial.at + Seconds(i64::try_from(passed.as_secs()).expect("no test lasts that long"))
    }
}
