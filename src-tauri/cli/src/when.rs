//! Moments as the person's own clock shows them.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// `2026-07-23 14:05`; a moment out of range as its number.
pub fn moment(unix_seconds: i64) -> String {
    Timestamp::from_second(unix_seconds).map_or_else(
        |_| unix_seconds.to_string(),
        |moment| {
            let here = moment.to_zoned(TimeZone::system());
            here.strftime("%Y-%m-%d %H:%M").to_string()
        },
    )
}
