//! What will end a grant that lives.

use crate::{Recovery, Timestamp, time::Seconds};

use super::Record;
use super::evidence::{DAY, HOUR};
use super::rules::NEAR_THE_LIMIT;

/// From the middle of the fifth day of seven.
const BEFORE_AN_END: Seconds = Seconds(60 * HOUR.0);
/// While whoever connected it still sits before it, and can put an end to Testing at once.
const JUST_CONNECTED: Seconds = HOUR;
/// From the fifth of six months.
const BEFORE_IDLE: Seconds = Seconds(30 * DAY.0);

/// What will end it, unless somebody does something. `forecast.<kind>.what` and `.todo` in `ui/messages`
/// say each in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forecast {
    /// The project is in Testing, where a grant lives for seven days.
    TestingEnds { at: Timestamp },
    /// Access was allowed for a limited time.
    TimeLimited { at: Timestamp },
    /// Nothing uses it.
    Idle { at: Timestamp },
    /// The provider bears only so many consents, and then ends the oldest silently.
    Consents { count: u32 },
}

impl Forecast {
    pub const KINDS: [&'static str; 4] = ["testing_ends", "time_limited", "idle", "consents"];

    /// The stable name used in messages.
    pub const fn kind(self) -> &'static str {
        let [testing, limited, idle, consents] = Self::KINDS;
        match self {
            Self::TestingEnds { .. } => testing,
            Self::TimeLimited { .. } => limited,
            Self::Idle { .. } => idle,
            Self::Consents { .. } => consents,
        }
    }

    /// When it will be, where that is known.
    pub const fn at(self) -> Option<Timestamp> {
        match self {
            Self::TestingEnds { at } | Self::TimeLimited { at } | Self::Idle { at } => Some(at),
            Self::Consents { .. } => None,
        }
    }

    /// What keeps it from happening: the one button.
    pub const fn recovery(self) -> Recovery {
        match self {
            Self::TestingEnds { .. } | Self::TimeLimited { .. } => Recovery::Reconnect,
            // One use is enough.
            Self::Idle { .. } => Recovery::TryAgain,
            // Another consent would only add to them.
            Self::Consents { .. } => Recovery::Nothing,
        }
    }
}

/// What will end a grant before long; of two ends the earlier one. `None` where nothing is known to, and
/// where the moment is past: then the next refresh shows what is so.
pub fn forecast(record: &Record, now: Timestamp) -> Option<Forecast> {
    let ends = [announced(record, now), idle(record, now)];
    let soonest = ends.into_iter().flatten().min_by_key(|end| end.at());
    soonest.or_else(|| consents(record))
}

fn announced(record: &Record, now: Timestamp) -> Option<Forecast> {
    let at = record.grant_ends_at?;
    if record.in_testing() {
        let told = near(at, now, BEFORE_AN_END) || is_fresh(record, now);
        return told.then_some(Forecast::TestingEnds { at });
    }
    // A day's access is not about to end from its first hour on.
    let half = Seconds((at - record.consented_at).0 / 2);
    near(at, now, BEFORE_AN_END.min(half)).then_some(Forecast::TimeLimited { at })
}

fn idle(record: &Record, now: Timestamp) -> Option<Forecast> {
    let at = record.alive_until() + record.habits.unused?;
    near(at, now, BEFORE_IDLE).then_some(Forecast::Idle { at })
}

fn consents(record: &Record) -> Option<Forecast> {
    let from = record.habits.most_consents?.saturating_sub(NEAR_THE_LIMIT);
    (record.consents >= from).then_some(Forecast::Consents {
        count: record.consents,
    })
}

fn is_fresh(record: &Record, now: Timestamp) -> bool {
    record.consented_at <= now && now - record.consented_at <= JUST_CONNECTED
}

/// Still ahead, and not further away than `notice`.
fn near(at: Timestamp, now: Timestamp, notice: Seconds) -> bool {
    now < at && at - now <= notice
}
