//! How far this computer's clock is from the provider's.

use evergrant_domain::{
    Code, Fault, Timestamp,
    time::{Seconds, Unit},
};
use http::{HeaderMap, HeaderName, header};
use tokio::sync::watch;

use crate::clock::unix_seconds;

/// Clocks differ a little; more than this in either direction is worth a word.
const TOLERANCE: i64 = 60;

/// The newest measurement: how far this clock is ahead, in seconds, negative where it is behind.
#[derive(Debug)]
pub(super) struct Skew(watch::Sender<Option<Seconds>>);

impl Default for Skew {
    fn default() -> Self {
        Self(watch::Sender::new(None))
    }
}

impl Skew {
    /// Measures by an answer's headers, where they say what time it is; the time the answer took is
    /// small beside what matters.
    pub fn measure(&self, headers: &HeaderMap, now: Timestamp) {
        let Some(ahead) = ahead(headers, now) else { return };
        self.0
            .send_if_modified(|known| known.replace(ahead) != Some(ahead));
    }

    pub fn ahead(&self) -> Option<Seconds> {
        *self.0.borrow()
    }

    pub fn watch(&self) -> watch::Receiver<Option<Seconds>> {
        self.0.subscribe()
    }
}

/// How far `now` is ahead of the time in an answer.
pub(super) fn ahead(headers: &HeaderMap, now: Timestamp) -> Option<Seconds> {
    Some(now - theirs(headers)?)
}

/// What time it is there (`Date`, RFC 9110 6.6.1). An answer out of a cache is as old as its `Age` says
/// (RFC 9111 5.1).
pub(super) fn theirs(headers: &HeaderMap) -> Option<Timestamp> {
    let made = httpdate::parse_http_date(text(headers, &header::DATE)?).ok()?;
    let age = text(headers, &header::AGE).and_then(|age| age.parse::<i64>().ok());
    let age = age.filter(|age| *age >= 0).unwrap_or(0);
    Some(Timestamp(unix_seconds(made)) + Seconds(age))
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    Some(headers.get(name)?.to_str().ok()?.trim())
}

/// Whether a clock that far off makes certificates or sign-ins fail.
pub(super) fn matters(ahead: Seconds) -> bool {
    ahead.0.saturating_abs() > TOLERANCE
}

/// `ClockWrong`, saying by how much where that is known.
pub(super) fn fault(ahead: Option<Seconds>) -> Fault {
    Fault::with_detail(Code::ClockWrong, &ahead.map(words).unwrap_or_default())
}

fn words(ahead: Seconds) -> String {
    let (count, unit) = ahead.for_people();
    let unit = match unit {
        Unit::Seconds => "seconds",
        Unit::Minutes => "minutes",
        Unit::Hours => "hours",
        Unit::Days => "days",
    };
    let direction = if ahead.0 < 0 { "behind" } else { "ahead" };
    format!("{count} {unit} {direction}")
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    /// Sun, 06 Nov 1994 08:49:37 GMT (RFC 9110 5.6.7).
    const THEN: i64 = 784_111_777;

    fn headers(date: &'static str, age: Option<&'static str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::DATE, HeaderValue::from_static(date));
        if let Some(age) = age {
            headers.insert(header::AGE, HeaderValue::from_static(age));
        }
        headers
    }

    fn at(offset: i64) -> Timestamp {
        Timestamp(THEN + offset)
    }

    #[test]
    fn the_difference_is_measured_in_both_directions() {
        for (date, age, offset, expected) in [
            ("Sun, 06 Nov 1994 08:49:37 GMT", None, 0, Some(0)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", None, 420, Some(420)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", None, -420, Some(-420)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some("3000"), 3_000, Some(0)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some("old"), 10, Some(10)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some("-5"), 10, Some(10)),
            ("yesterday", None, 0, None),
        ] {
            let measured = ahead(&headers(date, age), at(offset));
            assert_eq!(measured, expected.map(Seconds), "{date} {age:?} {offset}");
        }
        assert_eq!(ahead(&HeaderMap::new(), at(0)), None);
    }

    #[test]
    fn the_newest_measurement_counts_and_only_news_is_told() {
        let skew = Skew::default();
        let mut watch = skew.watch();
        let then = headers("Sun, 06 Nov 1994 08:49:37 GMT", None);
        skew.measure(&then, at(420));
        assert_eq!(skew.ahead(), Some(Seconds(420)));
        assert!(watch.has_changed().expect("open"));
        watch.mark_unchanged();
        skew.measure(&then, at(420));
        skew.measure(&HeaderMap::new(), at(0));
        assert!(!watch.has_changed().expect("open"), "nothing new");
        skew.measure(&then, at(-1));
        assert_eq!(*watch.borrow_and_update(), Some(Seconds(-1)));
    }

    #[test]
    fn the_words_say_how_far_and_in_which_direction() {
        for (ahead, expected) in [
            (61, "61 seconds ahead"),
            (420, "7 minutes ahead"),
            (-7_200, "2 hours behind"),
            (172_800, "2 days ahead"),
        ] {
            assert_eq!(words(Seconds(ahead)), expected);
        }
        assert!(!matters(Seconds(-60)) && matters(Seconds(61)) && matters(Seconds(i64::MIN)));
    }
}
