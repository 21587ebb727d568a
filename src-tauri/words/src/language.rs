use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::choice::Choice;

/// The files of `ui/messages` by their names; written by `build.rs`, English among them.
mod files {
    include!(concat!(env!("OUT_DIR"), "/files.rs"));
}
pub(crate) use files::FILES;

/// A language that Evergrant speaks: one whose file is in `ui/messages`, and so is complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Language(pub(crate) usize);

/// Languages that are written from right to left; those that Evergrant may come to speak.
const RIGHT_TO_LEFT: &[&str] = &["ar", "fa", "he", "ur"];

impl Language {
    pub const ENGLISH: Self = Self(files::ENGLISH);

    /// Every language there is, in the order of their tags.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..FILES.len()).map(Self)
    }

    /// The language of a BCP 47 tag, whatever region or script it names: `de-AT` is `de`.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_']).next().unwrap_or_default();
        Self::all().find(|known| known.tag().eq_ignore_ascii_case(language))
    }

    /// As BCP 47 and HTML name it: `de`.
    pub fn tag(self) -> &'static str {
        FILES[self.0].0
    }

    pub fn is_right_to_left(self) -> bool {
        RIGHT_TO_LEFT.contains(&self.tag())
    }
}

impl Default for Language {
    fn default() -> Self {
        Self::ENGLISH
    }
}

static SPOKEN: AtomicUsize = AtomicUsize::new(files::ENGLISH);
static CHOSEN: AtomicBool = AtomicBool::new(false);

/// From now on this process says everything in this language. English until it is called.
pub fn speak(choice: Choice) {
    SPOKEN.store(choice.language().0, Ordering::Relaxed);
    CHOSEN.store(choice != Choice::System, Ordering::Relaxed);
}

/// The language in which this process speaks now.
pub fn spoken() -> Language {
    Language(SPOKEN.load(Ordering::Relaxed))
}

/// Whether somebody chose it; otherwise it is the system's.
pub fn chosen() -> bool {
    CHOSEN.load(Ordering::Relaxed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_does_not_hide_a_language_and_an_unknown_one_is_none() {
        for tag in ["en", "EN", "en-GB", "en_US"] {
            assert_eq!(Language::of_tag(tag), Some(Language::ENGLISH), "{tag}");
        }
        for tag in ["", "tlh", "e", "eng"] {
            assert_eq!(Language::of_tag(tag), None, "{tag:?}");
        }
    }

    #[test]
    fn english_is_there_and_each_language_once() {
        assert_eq!(Language::default().tag(), "en");
        let mut tags: Vec<&str> = Language::all().map(Language::tag).collect();
        tags.dedup();
        assert_eq!(tags.len(), FILES.len());
        assert!(!Language::ENGLISH.is_right_to_left());
    }
}
