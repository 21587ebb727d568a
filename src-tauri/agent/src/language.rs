//! The language of this process: what the system wants, or what a person chose. All that is said is made at the
//! moment of saying, so that another language is heard at once.

use evergrant_adapters::disk::disk_fault;
use evergrant_domain::{Code, Fault};

use crate::interface::LanguageView;
use crate::messages::{Choice, Language, chosen, speak, spoken};

/// As it is now.
pub fn view() -> LanguageView {
    LanguageView {
        spoken: spoken().tag().to_owned(),
        chosen: chosen(),
    }
}

/// Speaks the language of a tag from now on, and at the next start; `None` the system's.
///
/// # Errors
/// `RequestRefused` where there is no such language, `DiskFull` and `LedgerFailed` where the choice cannot be kept:
/// then nothing is changed.
pub fn choose(tag: Option<&str>) -> Result<(), Fault> {
    let unknown = |tag: &str| Fault::with_detail(Code::RequestRefused, tag);
    let choice = match tag {
        None => Choice::System,
        Some(tag) => Choice::Language(Language::of_tag(tag).ok_or_else(|| unknown(tag))?),
    };
    choice.keep().map_err(|error| disk_fault(&error))?;
    speak(choice);
    Ok(())
}
