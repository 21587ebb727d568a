//! Reasons and forecasts as sentences, for the parts that show no window of their own.

use crate::messages::say;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::interface::{ForecastView, ReasonView, Sureness};

/// What is so, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentences {
    pub what: String,
    pub todo: String,
}

impl Sentences {
    /// Both, one after the other.
    pub fn joined(&self) -> String {
        format!("{} {}", self.what, self.todo)
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
        what: format!("{} {what}", say(sureness, &[])),
        todo: say(&format!("reason.{}.todo", view.cause), &values),
    }
}

/// What will end an account.
pub fn forecast(view: &ForecastView) -> Sentences {
    forecast_in(view, TimeZone::system())
}

fn forecast_in(view: &ForecastView, here: TimeZone) -> Sentences {
    let day = view.at.map(|at| day(at, here)).unwrap_or_default();
    let count = view.count.map(|count| count.to_string()).unwrap_or_default();
    let values = [("day", day.as_str()), ("count", count.as_str())];
    Sentences {
        what: say(&format!("forecast.{}.what", view.kind), &values),
        todo: say(&format!("forecast.{}.todo", view.kind), &values),
    }
}

/// `Friday, 24 July`, as the person's own clock shows it.
fn day(unix_seconds: u32, here: TimeZone) -> String {
    let moment = Timestamp::from_second(unix_seconds.into()).unwrap_or_default();
    moment.to_zoned(here).strftime("%A, %-d %B").to_string()
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
        let words = |view: &ForecastView, zone| forecast_in(view, zone).what;
        assert_eq!(
            words(&view, TimeZone::UTC),
            "This connection ends on Saturday, 16 January, because your Google project is in Testing."
        );
        let west = TimeZone::fixed(jiff::tz::offset(-1));
        assert!(
            words(&view, west).contains("Friday, 15 January"),
            "the person's own day"
        );
        view.kind = "consents".into();
        view.count = Some(91);
        let words = words(&view, TimeZone::UTC);
        assert!(words.contains("91 times") && !words.contains('{'), "{words}");
    }
}
