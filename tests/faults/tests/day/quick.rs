//! Clocks that run a day in a minute.

use std::time::{Instant, UNIX_EPOCH};

use evergrant_domain::{Moment, Timestamp, time::Seconds, time::Uptime};
use evergrant_engine::ports::Clock;

const TIMES_AS_FAST: u128 = 24 * 60;

/// Both clocks, from now on.
pub struct QuickClock {
    from: Moment,
    since: Instant,
}

impl QuickClock {
    pub fn start() -> Self {
        let now = UNIX_EPOCH.elapsed().expect("after 1970").as_secs();
        Self {
            from: Moment {
                wall: Timestamp(i64::try_from(now).expect("before the year 292277026596")),
                up: Uptime(1_000),
            },
            since: Instant::now(),
        }
    }
}

impl Clock for QuickClock {
    fn moment(&self) -> Moment {
        let passed = self.since.elapsed().as_millis() * TIMES_AS_FAST / 1_000;
        self.from + Seconds(i64::try_from(passed).expect("no test lasts that long"))
    }
}
