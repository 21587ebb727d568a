//! Moments as whole seconds; the clock itself is a port.

use std::ops::{Add, Sub};

/// Unix time in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(pub i64);

/// A span in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seconds(pub i64);

/// What a span is counted in for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Seconds,
    Minutes,
    Hours,
    Days,
}

impl Seconds {
    /// How long it is in the largest unit of which there are at least two, rounded and without its sign.
    pub fn for_people(self) -> (i64, Unit) {
        let length = self.0.saturating_abs();
        let (whole, unit) = match length {
            ..120 => (1, Unit::Seconds),
            120..7_200 => (60, Unit::Minutes),
            7_200..172_800 => (3_600, Unit::Hours),
            _ => (86_400, Unit::Days),
        };
        (length.saturating_add(whole / 2) / whole, unit)
    }
}

impl Add<Seconds> for Timestamp {
    type Output = Self;
    fn add(self, span: Seconds) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl Sub for Timestamp {
    type Output = Seconds;
    fn sub(self, earlier: Self) -> Seconds {
        Seconds(self.0.saturating_sub(earlier.0))
    }
}

/// Time since the computer started, in seconds, its sleep included (`CLOCK_BOOTTIME`). Nobody can set it,
/// and it means nothing after the next start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Uptime(pub i64);

/// One instant on both clocks: that on the wall, which people share and anybody may set, and the one
/// that only runs forward. What must end, ends when either of them says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Moment {
    pub wall: Timestamp,
    pub up: Uptime,
}

impl Moment {
    /// How long it is until `later`, whichever clock gets there first; negative when it is past.
    pub fn until(self, later: Self) -> Seconds {
        let wall = later.wall - self.wall;
        wall.min(Seconds(later.up.0.saturating_sub(self.up.0)))
    }
}

impl Add<Seconds> for Moment {
    type Output = Self;
    fn add(self, span: Seconds) -> Self {
        Self {
            wall: self.wall + span,
            up: Uptime(self.up.0.saturating_add(span.0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_told_one_unit() {
        for (span, expected) in [
            (0, (0, Unit::Seconds)),
            (119, (119, Unit::Seconds)),
            (120, (2, Unit::Minutes)),
            (-419, (7, Unit::Minutes)),
            (-420, (7, Unit::Minutes)),
            (7_200, (2, Unit::Hours)),
            (-172_799, (48, Unit::Hours)),
            (172_800, (2, Unit::Days)),
            (i64::MIN, (106_751_991_167_300, Unit::Days)),
        ] {
            assert_eq!(Seconds(span).for_people(), expected, "{span}");
        }
    }

    #[test]
    fn the_clock_that_gets_there_first_decides() {
        let now = Moment {
            wall: Timestamp(1_000_000),
            up: Uptime(500),
        };
        let later = now + Seconds(3_600);
        assert_eq!(now.until(later), Seconds(3_600));
        let set_back_by_years = Moment {
            wall: Timestamp(1_000),
            up: Uptime(4_000),
        };
        assert_eq!(set_back_by_years.until(later), Seconds(100));
        let set_ahead_by_years = Moment {
            wall: Timestamp(90_000_000),
            up: Uptime(600),
        };
        assert!(set_ahead_by_years.until(later) < Seconds(0));
    }
}
