//! The computer's clocks.

use std::time::{SystemTime, UNIX_EPOCH};

use evergrant_domain::{Moment, Timestamp, time::Uptime};
use evergrant_engine::ports::Clock;

/// The clock on the wall, and the time since the start of the computer, which goes on while it sleeps.
/// `Instant` stops then on Linux, and a lease would look fresh long after its end.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn moment(&self) -> Moment {
        Moment {
            wall: Timestamp(unix_seconds(SystemTime::now())),
            up: uptime(),
        }
    }
}

impl evergrant_broker::ports::Clock for SystemClock {
    fn moment(&self) -> Moment {
        Clock::moment(self)
    }
}

/// Linux, `clock_gettime(2)`: `CLOCK_BOOTTIME` is monotonic and counts suspended time too.
#[cfg(target_os = "linux")]
fn uptime() -> Uptime {
    use rustix::time::{ClockId, clock_gettime};
    Uptime(clock_gettime(ClockId::Boottime).tv_sec)
}

/// On macOS and Windows the standard library's clock goes on during sleep or is close enough to it;
/// the clock on the wall ends what this one misses.
#[cfg(not(target_os = "linux"))]
fn uptime() -> Uptime {
    use std::{sync::LazyLock, time::Instant};
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    Uptime(i64::try_from(START.elapsed().as_secs()).unwrap_or(i64::MAX))
}

/// Names this start of the computer: uptimes of the same one can be compared. `None` where the system has no name for it.
pub fn boot() -> Option<String> {
    if cfg!(not(target_os = "linux")) {
        return None;
    }
    let name = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    Some(name.trim().to_owned())
}

/// A clock set before 1970 counts backwards instead of failing.
pub(crate) fn unix_seconds(moment: SystemTime) -> i64 {
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
        assert!(Clock::now(&SystemClock) > this_century);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_start_of_the_computer_has_one_name() {
        assert!(boot().is_some_and(|name| !name.is_empty()));
        assert_eq!(boot(), boot());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn uptime_is_the_system_s_own() {
        let said = std::fs::read_to_string("/proc/uptime").expect("the system says it");
        let whole = said
            .split('.')
            .next()
            .and_then(|seconds| seconds.parse::<i64>().ok());
        let off = uptime().0 - whole.expect("a number of seconds");
        assert!((0..=2).contains(&off), "{off}");
    }
}
