//! What the witness reads of a process that wants to be taken for another. The first byte says what it reads.

use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};

use evergrant_broker::witness::readers::{self, Line};

/// Longer than any name that people are shown.
const LONGEST_SHOWN: usize = 96;

/// Never a panic; a name cannot shift what stands behind it, and nothing is read that does not stand there.
pub fn witness(bytes: &[u8]) {
    let Some((what, words)) = bytes.split_first() else {
        return;
    };
    match what % 6 {
        0 => drop(readers::stat(words)),
        1 => name(words),
        2 => arguments(words),
        3 => script(words),
        4 => unit(words),
        _ => sandbox(words),
    }
}

/// A process chooses its name, and nothing else in the line.
fn name(name: &[u8]) {
    let mut line = b"8209 (".to_vec();
    line.extend_from_slice(name);
    line.extend_from_slice(b") S 8201 8200 4915 34817 -1 0 1 0 0 0 0 0 0 0 20 0 1 0 1199063 31 39\n");
    let expected = Line {
        name: OsString::from_vec(name.to_vec()),
        parent: 8201,
        terminal: Some("pts/1".into()),
        start: 1_199_063,
        dead: false,
    };
    assert_eq!(readers::stat(&line), Some(expected));

    let shown = readers::shown(&OsString::from_vec(name.to_vec()));
    assert!(!shown.is_empty() && shown.chars().count() <= LONGEST_SHOWN);
    assert!(
        !shown
            .chars()
            .any(|letter| letter.is_control() || letter == '\u{202e}')
    );
}

fn arguments(bytes: &[u8]) {
    let arguments = readers::arguments(bytes);
    let mut joined = Vec::new();
    for argument in &arguments {
        assert!(!argument.as_bytes().contains(&0));
        joined.extend_from_slice(argument.as_bytes());
        joined.push(0);
    }
    // Only an end that was cut may be missing.
    let whole = bytes.len() < 32 * 1024;
    let same = bytes == joined || joined.strip_suffix(b"\0") == Some(bytes);
    assert!(!whole || same || joined.is_empty() && matches!(bytes, b"" | b"\0"));
}

/// Up to the first NUL the name of the executable, then what it was given.
fn script(bytes: &[u8]) {
    let words = readers::arguments(bytes);
    let Some(executable) = words.first().and_then(|name| name.to_str()) else {
        return;
    };
    let found = readers::script(executable, &words);
    assert!(
        found.is_none_or(|file| words[1..].contains(&file)),
        "a file that no argument names"
    );
}

fn unit(text: &[u8]) {
    let Some(unit) = readers::unit(text) else { return };
    assert!([".service", ".scope"].iter().any(|kind| unit.ends_with(kind)));
    assert!(!unit.contains(['/', '\n']), "a unit is one part of a path");
}

/// Ids become parts of keys and of file names.
fn sandbox(text: &[u8]) {
    if let Some(id) = readers::flatpak(text) {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        assert!(id.bytes().all(plain) && id.contains('.') && !id.starts_with('.') && id.len() <= 255);
    }
    if let Some(name) = readers::snap(text) {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-".contains(&byte);
        assert!(name.bytes().all(plain) && (1..=80).contains(&name.len()));
    }
}
