//! What is said of a grant before it dies, and from when on.

use super::*;

const HOUR: i64 = 60 * 60;

fn ends(days: i64) -> Record {
    Record {
        grant_ends_at: Some(after(days)),
        ..record(0)
    }
}

fn hours_before(end: Timestamp, hours: i64) -> Timestamp {
    end + Seconds(-hours * HOUR)
}

#[test]
fn the_end_of_testing_is_told_at_once_and_from_the_fifth_day() {
    let at = after(7);
    let told = |hours| forecast(&ends(7), hours_before(at, hours));
    for hours in [7 * 24 + 1, 7 * 24 - 2, 61] {
        assert_eq!(told(hours), None, "{hours} hours before");
    }
    for hours in [7 * 24, 7 * 24 - 1, 60, 24, 1] {
        assert_eq!(
            told(hours),
            Some(Forecast::TestingEnds { at }),
            "{hours} hours before"
        );
    }
    for hours in [0, -1, -10_000] {
        assert_eq!(told(hours), None, "{hours}: past, so the next refresh shows");
    }
    // As Google says it: a second less, and counted from a moment later.
    let observed = Record {
        grant_ends_at: Some(CONSENT + Seconds(604_799 + 30)),
        ..record(0)
    };
    let soon = forecast(&observed, after(6));
    assert!(matches!(soon, Some(Forecast::TestingEnds { .. })), "{soon:?}");
}

#[test]
fn limited_access_is_told_two_and_a_half_days_ahead_and_never_before_its_half() {
    let month = ends(30);
    assert_eq!(forecast(&month, hours_before(after(30), 61)), None);
    let at = after(30);
    assert_eq!(
        forecast(&month, hours_before(at, 60)),
        Some(Forecast::TimeLimited { at })
    );
    let day = ends(1);
    let at = after(1);
    assert_eq!(forecast(&day, hours_before(at, 13)), None);
    assert_eq!(
        forecast(&day, hours_before(at, 12)),
        Some(Forecast::TimeLimited { at })
    );
}

#[test]
fn six_months_without_use_are_told_from_the_fifth_on() {
    let at = after(10 + 180);
    let used = record(10);
    assert_eq!(forecast(&used, hours_before(at, 30 * 24 + 1)), None);
    for hours in [30 * 24, 1] {
        assert_eq!(
            forecast(&used, hours_before(at, hours)),
            Some(Forecast::Idle { at })
        );
    }
    assert_eq!(forecast(&used, at), None);
    let foreign = Record {
        habits: Habits::UNKNOWN,
        ..used
    };
    assert_eq!(forecast(&foreign, hours_before(at, 1)), None);
}

#[test]
fn ninety_consents_are_told() {
    for (consents, told) in [(0, false), (89, false), (90, true), (100, true), (u32::MAX, true)] {
        let many = Record {
            consents,
            ..record(1)
        };
        let expected = told.then_some(Forecast::Consents { count: consents });
        assert_eq!(forecast(&many, after(2)), expected, "{consents}");
    }
}

#[test]
fn of_two_ends_the_earlier_is_told() {
    let both = Record {
        last_success: Some(after(0)),
        grant_ends_at: Some(after(179)),
        consents: 95,
        ..record(0)
    };
    let at = after(179);
    assert_eq!(forecast(&both, after(178)), Some(Forecast::TimeLimited { at }));
    let later = Record {
        grant_ends_at: Some(after(181)),
        ..both
    };
    let at = after(180);
    assert_eq!(forecast(&later, hours_before(at, 1)), Some(Forecast::Idle { at }));
}

#[test]
fn a_clock_that_jumped_tells_nothing_untrue() {
    for now in [
        Timestamp(0),
        Timestamp(i64::MIN),
        Timestamp(i64::MAX),
        after(-4_000),
        after(4_000),
    ] {
        assert_eq!(forecast(&ends(7), now), None, "{now:?}");
    }
}

#[test]
fn each_forecast_has_its_name() {
    let at = Timestamp(0);
    for (forecast, kind) in [
        (Forecast::TestingEnds { at }, "testing_ends"),
        (Forecast::TimeLimited { at }, "time_limited"),
        (Forecast::Idle { at }, "idle"),
        (Forecast::Consents { count: 1 }, "consents"),
    ] {
        assert_eq!(forecast.kind(), kind);
    }
}
