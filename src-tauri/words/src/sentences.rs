use std::collections::HashMap;
use std::sync::OnceLock;

use icu_locale_core::Locale;
use icu_plurals::PluralRules;

use crate::form;
use crate::language::{FILES, Language, spoken};

type Sentences = HashMap<String, String>;

/// Read when the first sentence of a language is said; a process usually says only one.
static READ: [OnceLock<Sentences>; FILES.len()] = [const { OnceLock::new() }; FILES.len()];

/// The sentence under a key, with `{name}` replaced by its value, in the language that is spoken.
///
/// A sentence that holds a number stands there once for each form that the language has (`span.days.one`,
/// `span.days.other`); its key is the part before, and the value `count` decides. An unknown key is shown
/// as it is, which the build's check keeps from happening.
pub fn say(key: &str, values: &[(&str, &str)]) -> String {
    say_in(spoken(), key, values)
}

/// Two sentences one after the other, as the language sets them.
pub fn one_after_the_other(first: &str, second: &str) -> String {
    say("text.after", &[("first", first), ("second", second)])
}

/// Names, one after the other.
pub fn listed<Name: AsRef<str>>(names: &[Name]) -> String {
    let mut names = names.iter().map(|name| name.as_ref().to_owned());
    let first = names.next().unwrap_or_default();
    names.fold(first, |first, second| {
        say("text.listed", &[("first", &first), ("second", &second)])
    })
}

/// As `say`, in a language of its own.
pub fn say_in(language: Language, key: &str, values: &[(&str, &str)]) -> String {
    let sentences = sentences(language);
    let found = sentences
        .get(key)
        .or_else(|| sentences.get(&format!("{key}.{}", form(language, values))));
    let mut rest = found.map_or(key, String::as_str);
    // Put in from left to right, so that a value that looks like a placeholder stays what it is.
    let mut said = String::with_capacity(rest.len());
    while let Some((before, name, after)) = placeholder(rest) {
        said.push_str(before);
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => said.push_str(value),
            None => said.push_str(&rest[before.len()..rest.len() - after.len()]),
        }
        rest = after;
    }
    said.push_str(rest);
    said
}

fn sentences(language: Language) -> &'static Sentences {
    READ[language.0].get_or_init(|| serde_json::from_str(FILES[language.0].1).unwrap_or_default())
}

/// What stands before the next `{name}`, the name, and what stands behind.
fn placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let (before, inside) = text.split_once('{')?;
    let (name, after) = inside.split_once('}')?;
    Some((before, name, after))
}

/// The form of a sentence that goes with its number, by the plural rules of the language (Unicode CLDR).
fn form(language: Language, values: &[(&str, &str)]) -> &'static str {
    let count = values.iter().find(|(name, _)| *name == "count");
    let count = count.and_then(|(_, count)| count.parse::<u64>().ok());
    let rules = language.tag().parse::<Locale>().ok();
    let rules = rules.and_then(|locale| PluralRules::try_new_cardinal(locale.into()).ok());
    let (Some(count), Some(rules)) = (count, rules) else {
        return "other";
    };
    form::name(rules.category_for(count))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Choice, speak};

    fn english(key: &str, values: &[(&str, &str)]) -> String {
        say_in(Language::ENGLISH, key, values)
    }

    #[test]
    fn the_number_chooses_the_form() {
        for (count, said) in [
            ("0", "0 days"),
            ("1", "1 day"),
            ("2", "2 days"),
            ("91", "91 days"),
        ] {
            assert_eq!(english("span.days", &[("count", count)]), said);
        }
        assert_eq!(
            english("span.days", &[]),
            "{count} days",
            "a number that nobody gave"
        );
    }

    #[test]
    fn every_language_says_every_sentence_of_english() {
        for language in Language::all() {
            for key in sentences(Language::ENGLISH).keys() {
                let whole = sentences(language).contains_key(key);
                let key = key
                    .strip_suffix(".one")
                    .or_else(|| key.strip_suffix(".other"))
                    .unwrap_or(key);
                for count in ["0", "1", "2", "3", "11", "100", "1000000"] {
                    let said = say_in(language, key, &[("count", count)]);
                    assert!(whole || said != key, "{} lacks {key} for {count}", language.tag());
                }
            }
        }
    }

    #[test]
    fn a_value_that_looks_like_a_placeholder_stays_what_it_is() {
        let values = [("email", "{why}@example.com"), ("why", "{email}")];
        assert_eq!(english("cli.account.why", &values), "{why}@example.com: {email}");
    }

    #[test]
    fn an_unknown_key_is_shown_as_it_is() {
        assert_eq!(english("nobody.says.this", &[("count", "1")]), "nobody.says.this");
    }

    #[test]
    fn what_is_said_follows_the_language_that_is_spoken() {
        let german = Language::of_tag("de").expect("German is there");
        assert_eq!(say("app.cancel", &[]), "Cancel");
        speak(Choice::Language(german));
        assert_eq!(say("app.cancel", &[]), "Abbrechen");
        assert_eq!(say("span.days", &[("count", "1")]), "1 Tag");
        assert_eq!(say("span.days", &[("count", "3")]), "3 Tage");
        speak(Choice::Language(Language::ENGLISH));
    }
}
