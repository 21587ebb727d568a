//! How the keys of `ui/messages` name the forms of a sentence that holds a number; `build.rs` reads it too.

use icu_plurals::PluralCategory;

/// The name of a plural category (Unicode CLDR).
pub fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}
