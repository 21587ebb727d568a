//! How long a provider asks to be left alone (RFC 9110 10.2.3).

use std::time::SystemTime;

use evergrant_domain::time::Seconds;
use http::{HeaderMap, HeaderName, header};

/// Nobody is made to wait longer than this, or asked again sooner.
const LONGEST: i64 = 3_600;
const SHORTEST: i64 = 1;

/// The wait asked for, in seconds or until a moment, within 1 and 3,600 seconds. `None` where nothing
/// that makes sense is asked.
///
/// A moment is taken by the sender's own clock where it says what time it has (`Date`): ours may be wrong.
pub(super) fn asked_wait(headers: &HeaderMap, now: SystemTime) -> Option<Seconds> {
    let asked = text(headers, &header::RETRY_AFTER)?;
    let wait = if asked.bytes().all(|letter| letter.is_ascii_digit()) {
        // More digits than a number holds are a long wait too.
        (!asked.is_empty()).then(|| asked.parse().unwrap_or(LONGEST))?
    } else {
        let until = httpdate::parse_http_date(asked).ok()?;
        let theirs = text(headers, &header::DATE).and_then(|date| httpdate::parse_http_date(date).ok());
        // A moment that is over means "now".
        let left = until.duration_since(theirs.unwrap_or(now)).unwrap_or_default();
        i64::try_from(left.as_secs()).unwrap_or(LONGEST)
    };
    Some(Seconds(wait.clamp(SHORTEST, LONGEST)))
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    Some(headers.get(name)?.to_str().ok()?.trim())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use http::HeaderValue;

    use super::*;

    /// Sun, 06 Nov 1994 08:49:37 GMT (RFC 9110 5.6.7).
    fn now() -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(784_111_777)
    }

    fn wait(asked: &str, date: Option<&str>) -> Option<i64> {
        let mut headers = HeaderMap::new();
        let value = |text: &str| HeaderValue::from_str(text).expect("a header value");
        headers.insert(header::RETRY_AFTER, value(asked));
        if let Some(date) = date {
            headers.insert(header::DATE, value(date));
        }
        asked_wait(&headers, now()).map(|wait| wait.0)
    }

    #[test]
    fn seconds_are_taken_within_bounds() {
        for (asked, expected) in [
            ("120", Some(120)),
            (" 120 ", Some(120)),
            ("0", Some(1)),
            ("3600", Some(3_600)),
            ("86400", Some(3_600)),
            ("99999999999999999999999", Some(3_600)),
            ("-1", None),
            ("1.5", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(wait(asked, None), expected, "{asked:?}");
        }
        assert_eq!(asked_wait(&HeaderMap::new(), now()), None);
    }

    #[test]
    fn a_moment_is_taken_in_each_of_its_three_forms() {
        for asked in [
            "Sun, 06 Nov 1994 08:51:37 GMT",
            "Sunday, 06-Nov-94 08:51:37 GMT",
            "Sun Nov  6 08:51:37 1994",
        ] {
            assert_eq!(wait(asked, None), Some(120), "{asked}");
        }
        assert_eq!(wait("Sun, 06 Nov 1994 08:00:00 GMT", None), Some(1), "over");
        assert_eq!(wait("Mon, 07 Nov 1994 08:49:37 GMT", None), Some(3_600), "a day");
        assert_eq!(wait("Sun, 06 Nov 1994", None), None);
    }

    #[test]
    fn a_moment_counts_by_the_clock_of_who_named_it() {
        let asked = "Sun, 06 Nov 1994 09:00:30 GMT";
        assert_eq!(wait(asked, Some("Sun, 06 Nov 1994 09:00:00 GMT")), Some(30));
        assert_eq!(wait(asked, Some("yesterday")), Some(653), "by ours then");
    }
}
