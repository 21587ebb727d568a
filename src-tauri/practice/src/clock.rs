//! What time it is: the real time, the real time moved, or a time that stands still.

use std::time::{SystemTime, UNIX_EPOCH};

/// Seconds since 1970, as every claim and every expiry counts.
pub type Moment = i64;

pub const MINUTE: Moment = 60;
pub const HOUR: Moment = 60 * MINUTE;
pub const DAY: Moment = 24 * HOUR;

/// A test moves this clock so that a week passes between two requests.
#[derive(Debug, Clone, Copy, Default)]
pub enum Clock {
    #[default]
    Real,
    /// Runs like the real one, this many seconds away from it.
    Shifted(Moment),
    /// Stands still until it is moved again.
    Stopped(Moment),
}

impl Clock {
    pub fn now(self) -> Moment {
        match self {
            Self::Real => real_now(),
            Self::Shifted(by) => real_now() + by,
            Self::Stopped(at) => at,
        }
    }

    #[must_use]
    pub fn advanced(self, seconds: Moment) -> Self {
        match self {
            Self::Real => Self::Shifted(seconds),
            Self::Shifted(by) => Self::Shifted(by.saturating_add(seconds)),
            Self::Stopped(at) => Self::Stopped(at.saturating_add(seconds)),
        }
    }
}

fn real_now() -> Moment {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| Moment::try_from(since.as_secs()).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stopped_clock_moves_only_when_told() {
        let clock = Clock::Stopped(1_000).advanced(DAY);
        assert_eq!(clock.now(), 1_000 + DAY);
        assert_eq!(clock.now(), 1_000 + DAY);
    }

    #[test]
    fn a_shifted_clock_stays_a_week_ahead_of_the_real_one() {
        let ahead = Clock::Real.advanced(3 * DAY).advanced(4 * DAY).now() - real_now();
        assert!((7 * DAY - 1..=7 * DAY + 1).contains(&ahead), "{ahead}");
    }
}
