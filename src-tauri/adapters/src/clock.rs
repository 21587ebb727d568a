//! The computer's wall clock.

use std::time::{SystemTime, UNIX_EPOCH};

use evergrant_domain::Timestamp;
use evergrant_engine::ports::Clock;

/// Wall time, which goes on while the computer sleeps. `Instant` stops then on Linux, and a lease
/// would look fresh long after its end.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp(unix_seconds(SystemTime::now()))
    }
}

impl evergrant_broker::ports::Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Clock::now(self)
    }
}

/// A clock set before 1970 counts backwards instead of failing.
fn unix_seconds(moment: SystemTime) -> i64 {
    let whole = |span: std::time::Duration| i64::try_from(span.as_secs()).unwrap_or(i64::MAX);
    match moment.duration_since(UNIX_EPOCH) {
        Ok(since) => whole(since),
        Err(before) => -whole(before.duration()),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_clock_set_before_1970_still_counts() {
        assert_eq!(unix_seconds(UNIX_EPOCH + Duration::from_secs(90)), 90);
        assert_eq!(unix_seconds(UNIX_EPOCH - Duration::from_secs(90)), -90);
        let this_century = Timestamp(946_684_800);
        assert!(SystemClock.now() > this_century);
    }
}
