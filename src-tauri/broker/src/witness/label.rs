//! Names for people, out of text that a program chose.

use std::{ffi::OsStr, path::Path};

/// Letters at most; a longer name is cut.
const LONGEST: usize = 96;

/// One line without control characters and without those that turn the direction of writing, with which
/// a name could be made to look like another.
pub(super) fn label(text: &OsStr) -> String {
    let shown: String = text
        .to_string_lossy()
        .chars()
        .map(|letter| if unfit(letter) { '\u{fffd}' } else { letter })
        .take(LONGEST)
        .collect();
    let shown = shown.trim();
    if shown.is_empty() {
        "?".into()
    } else {
        shown.into()
    }
}

/// The label of a path's last part.
pub(super) fn file_label(path: &Path) -> String {
    label(path.file_name().unwrap_or(path.as_os_str()))
}

fn unfit(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_turn_the_line_or_break_it() {
        let shown = label(OsStr::new("mail\u{202e}\n\u{1b}[31mexe"));
        assert_eq!(shown, "mail\u{fffd}\u{fffd}\u{fffd}[31mexe");
    }

    #[test]
    fn a_name_has_an_end_and_is_never_empty() {
        assert_eq!(label(OsStr::new(&"x".repeat(1000))).len(), LONGEST);
        assert_eq!(label(OsStr::new(" ")), "?");
        assert_eq!(file_label(Path::new("/usr/bin/msmtp")), "msmtp");
    }
}
