//! Short names that vault and ledger agree on, derived from what never changes.

use sha2::{Digest, Sha256};

/// The first of the hexadecimal digits of a SHA-256 over these texts. They do not run together.
pub(crate) fn hexadecimal(texts: [&str; 2], digits: usize) -> String {
    let mut digest = Sha256::new();
    digest.update(texts[0].as_bytes());
    digest.update([0]);
    digest.update(texts[1].as_bytes());
    digest
        .finalize()
        .into_iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|nibble| char::from_digit(nibble.into(), 16))
        .take(digits)
        .collect()
}

/// Whether a text is so many hexadecimal digits, as `hexadecimal` writes them.
pub(crate) fn is_hexadecimal(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}
