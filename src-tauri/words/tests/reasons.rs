//! Why an account stopped is said in two sentences, in words that anybody has, and nobody is blamed.

use evergrant_domain::reason::{Cause, Forecast, Sureness};
use evergrant_words::say;

/// About one line of a small window.
const LONGEST: usize = 100;
const BLAME: &[&str] = &[
    "forgot",
    "fail",
    "wrong",
    "must",
    "mistake",
    "should have",
    "your fault",
];

fn is_one_sentence(key: &str, placeholders: &[&str]) {
    let text = say(key, &[]);
    assert_ne!(text, key, "nobody says it");
    assert!(
        text.chars().count() <= LONGEST,
        "{key}: too long to be read at a glance"
    );
    assert!(
        text.starts_with(|letter: char| letter.is_uppercase() || letter == '{'),
        "{key}"
    );
    let inside = text.strip_suffix('.').expect("a sentence ends with a full stop");
    assert!(!inside.contains(['.', '!', '?']), "{key}: more than one sentence");
    for word in BLAME {
        assert!(!text.to_lowercase().contains(word), "{key}: “{word}” blames");
    }
    let put_in = text.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    for name in put_in {
        assert!(placeholders.contains(&name), "{key}: nobody fills in {{{name}}}");
    }
}

#[test]
fn each_cause_is_one_sentence_and_one_to_act_on() {
    for cause in Cause::ALL {
        for part in ["what", "todo"] {
            is_one_sentence(&format!("reason.{}.{part}", cause.as_str()), &["provider"]);
        }
        let short = say(&format!("reason.{}.short", cause.as_str()), &[]);
        assert!(!short.contains(['.', '{']), "{short}: a few words for a list");
    }
}

#[test]
fn each_sureness_begins_the_sentence() {
    for sureness in Sureness::ALL {
        let begin = say(&format!("reason.{}", sureness.as_str()), &[]);
        assert!(begin.ends_with(':'), "{begin}");
    }
}

#[test]
fn each_forecast_is_one_sentence_and_one_to_act_on() {
    for kind in Forecast::KINDS {
        is_one_sentence(&format!("forecast.{kind}.what"), &["day", "count"]);
        is_one_sentence(&format!("forecast.{kind}.todo"), &[]);
    }
}
