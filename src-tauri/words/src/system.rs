//! What language the system asks for.

use crate::language::{Language, spoken};

/// The language that the system asks for, as far as Evergrant speaks it; English otherwise.
pub fn of_system() -> Language {
    of(&wished())
}

/// The spoken language as this person's system writes it, such as `de-AT`: for dates. Where the system
/// speaks another one, the language alone; English then writes dates as most of the world does.
pub fn locale() -> String {
    locale_of(spoken(), &wished())
}

fn of(wished: &[String]) -> Language {
    let known = wished.iter().find_map(|tag| Language::of_tag(tag));
    known.unwrap_or_default()
}

fn locale_of(language: Language, wished: &[String]) -> String {
    let own = wished.iter().find(|tag| Language::of_tag(tag) == Some(language));
    match own {
        Some(own) if own.contains('-') => own.clone(),
        _ if language == Language::ENGLISH => "en-GB".to_owned(),
        _ => language.tag().to_owned(),
    }
}

/// BCP 47 tags, the most wished for first.
#[cfg(all(unix, not(target_os = "macos")))]
fn wished() -> Vec<String> {
    of_environment(|name| std::env::var(name).ok())
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn wished() -> Vec<String> {
    sys_locale::get_locales().collect()
}

/// The first of these that is set decides (POSIX, Environment Variables, 8.2). `LANGUAGE` lists what is liked
/// better, unless the decision is for no language at all (GNU gettext).
#[cfg(any(test, all(unix, not(target_os = "macos"))))]
fn of_environment(value: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let set = |name: &str| value(name).filter(|value| !value.is_empty());
    let decided = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set);
    let Some(decided) = decided.and_then(|locale| tag(&locale)) else {
        return Vec::new();
    };
    let liked = set("LANGUAGE").unwrap_or_default();
    liked.split(':').filter_map(tag).chain([decided]).collect()
}

/// `de_AT.UTF-8@euro` as `de-AT`; none for `C` and `POSIX`, which are no language.
#[cfg(any(test, all(unix, not(target_os = "macos"))))]
fn tag(locale: &str) -> Option<String> {
    let name = locale.split(['.', '@']).next().unwrap_or_default();
    let spoken = !matches!(name, "" | "C" | "POSIX");
    spoken.then(|| name.replace('_', "-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(set: &[(&str, &str)]) -> Vec<String> {
        of_environment(|name| {
            let found = set.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_first_that_is_set_decides() {
        let german = ("LANG", "de_AT.UTF-8@euro");
        assert_eq!(asked(&[german]), ["de-AT"]);
        assert_eq!(asked(&[german, ("LC_ALL", "")]), ["de-AT"]);
        assert_eq!(asked(&[german, ("LC_MESSAGES", "en_IE.UTF-8")]), ["en-IE"]);
        assert_eq!(
            asked(&[german, ("LC_ALL", "ja_JP"), ("LC_MESSAGES", "en_IE")]),
            ["ja-JP"]
        );
        assert_eq!(asked(&[german, ("LANGUAGE", "gsw:fr")]), ["gsw", "fr", "de-AT"]);
    }

    #[test]
    fn no_language_is_english_whatever_else_is_liked() {
        for nothing in ["C", "POSIX", "C.UTF-8"] {
            assert!(asked(&[("LC_ALL", nothing), ("LANG", "de_DE"), ("LANGUAGE", "de")]).is_empty());
        }
        assert_eq!(of(&[]), Language::ENGLISH);
        assert_eq!(of(&["tlh".to_owned(), "de-AT".to_owned()]).tag(), "de");
    }

    #[test]
    fn dates_are_written_as_this_person_writes_them() {
        let wished = ["de-AT".to_owned(), "en-US".to_owned()];
        let german = Language::of_tag("de").expect("German is there");
        assert_eq!(locale_of(german, &wished), "de-AT");
        assert_eq!(locale_of(Language::ENGLISH, &wished), "en-US");
        assert_eq!(locale_of(Language::ENGLISH, &wished[..1]), "en-GB");
        assert_eq!(locale_of(german, &wished[1..]), "de");
    }
}
