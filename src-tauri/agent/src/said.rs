//! Reasons and forecasts as sentences, for the parts that show no window of their own.

use icu_datetime::fieldsets::MDE;
use icu_datetime::input::Date;
use icu_datetime::{DateTimeFormatter, DateTimeFormatterPreferences};
use icu_locale_core::Locale;
use jiff::Timestamp;
use jiff::civil;
use jiff::tz::TimeZone;

use crate::interface::{ForecastView, ReasonView, Sureness};
use crate::messages::{locale, one_after_the_other, say};

/// What is so, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentences {
    pub what: String,
    pub todo: String,
}

impl Sentences {
    /// Both, one after the other.
    pub fn joined(&self) -> String {
        one_after_the_other(&self.what, &self.todo)
    }
}

/// Why an account stopped, with how sure that is.
pub fn reason(view: &ReasonView) -> Sentences {
    let values: Vec<(&str, &str)> = view
        .values
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let sureness = match view.sureness {
        Sureness::Certain => "reason.certain",
        Sureness::Likely => "reason.likely",
        Sureness::Possible => "reason.possible",
    };
    let what = say(&format!("reason.{}.what", view.cause), &values);
    Sentences {
        what: one_after_the_other(&say(sureness, &[]), &what),
        todo: say(&format!("reason.{}.todo", view.cause), &values),
    }
}

/// What will end an account.
pub fn forecast(view: &ForecastView) -> Sentences {
    forecast_in(view, TimeZone::system(), &locale())
}

fn forecast_in(view: &ForecastView, here: TimeZone, locale: &str) -> Sentences {
    let day = view
        .at
        .map(|at| day(civil_day(at, here), locale))
        .unwrap_or_default();
    let count = view.count.map(|count| count.to_string()).unwrap_or_default();
    let values = [("day", day.as_str()), ("count", count.as_str())];
    Sentences {
        what: say(&format!("forecast.{}.what", view.kind), &values),
        todo: say(&format!("forecast.{}.todo", view.kind), &values),
    }
}

/// The day as the person's own clock shows it.
fn civil_day(unix_seconds: u32, here: TimeZone) -> civil::Date {
    let moment = Timestamp::from_second(unix_seconds.into()).unwrap_or_default();
    moment.to_zoned(here).date()
}

/// `Friday 24 July` as the locale writes it (Unicode CLDR); one that is unknown gets figures.
fn day(day: civil::Date, locale: &str) -> String {
    let locale = locale.parse::<Locale>().unwrap_or(Locale::UNKNOWN);
    let written = DateTimeFormatter::try_new(DateTimeFormatterPreferences::from(&locale), MDE::long());
    let date = Date::try_new_iso(
        day.year().into(),
        day.month().unsigned_abs(),
        day.day().unsigned_abs(),
    );
    match (written, date) {
        (Ok(written), Ok(date)) => written.format(&date).to_string(),
        _ => day.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::interface::RecoveryView;

    #[test]
    fn a_reason_is_two_sentences_that_say_how_sure_it_is() {
        let mut view = ReasonView {
            cause: "unused".into(),
            sureness: Sureness::Likely,
            values: BTreeMap::from([("provider".into(), "Google".into())]),
            others: vec![],
            recovery: RecoveryView::Reconnect,
        };
        assert_eq!(
            reason(&view).joined(),
            "Most likely: Nothing used this connection for six months, so Google ended it. \
             Press Reconnect, and let Evergrant run now and then so that it stays in use."
        );
        view.sureness = Sureness::Certain;
        assert!(reason(&view).what.starts_with("This is what happened: "));
        view.sureness = Sureness::Possible;
        assert!(reason(&view).what.starts_with("It may be this: "));
    }

    #[test]
    fn a_forecast_names_its_day_or_its_count() {
        let mut view = ForecastView {
            kind: "testing_ends".into(),
            // Midnight between Thursday and Friday, UTC.
            at: Some(1_800_057_600),
            count: None,
            recovery: RecoveryView::Reconnect,
        };
        let words = |view: &ForecastView, zone| forecast_in(view, zone, "en-GB").what;
        assert_eq!(
            words(&view, TimeZone::UTC),
            "This connection ends on Saturday 16 January, because your Google project is in Testing."
        );
        let west = TimeZone::fixed(jiff::tz::offset(-1));
        assert!(
            words(&view, west).contains("Friday 15 January"),
            "the person's own day"
        );
        for (locale, day) in [("en-US", "Saturday, January 16"), ("de", "Samstag, 16. Januar")] {
            let said = forecast_in(&view, TimeZone::UTC, locale).what;
            assert!(said.contains(day), "{said}");
        }
        view.kind = "consents".into();
        view.count = Some(91);
        let words = words(&view, TimeZone::UTC);
        assert!(words.contains("91 times") && !words.contains('{'), "{words}");
    }
}
