use std::{fmt, str::FromStr};

use age::secrecy::ExposeSecret;
use zeroize::Zeroizing;

use super::Recipient;

/// An X25519 key as `age-keygen` makes them: `AGE-SECRET-KEY-1…`. Wiped when dropped.
#[derive(Clone)]
pub struct Key(pub(super) age::x25519::Identity);

impl Key {
    pub fn generate() -> Self {
        Self(age::x25519::Identity::generate())
    }

    /// Reads the key from the text of a key file: lines that begin with `#` do not count, and there is
    /// exactly one key.
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'));
        let only = lines.next().filter(|_| lines.next().is_none())?;
        age::x25519::Identity::from_str(only).ok().map(Self)
    }

    /// The text of its key file.
    pub fn text(&self) -> Zeroizing<String> {
        let written = self.0.to_string();
        Zeroizing::new(format!("{}\n", written.expose_secret()))
    }

    pub fn recipient(&self) -> Recipient {
        Recipient(self.0.to_public())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_comes_back_from_its_text_with_remarks_around_it() {
        let key = Key::generate();
        let text = format!("# created today\n\n  {}# public key: age1…\n", *key.text());
        let read = Key::parse(&text).expect("a key");
        assert_eq!(*read.text(), *key.text());
        assert_eq!(format!("{key:?}"), "Key(…)");
    }

    #[test]
    fn no_key_and_two_keys_are_none() {
        let (one, other) = (Key::generate(), Key::generate());
        let two = format!("{}{}", *one.text(), *other.text());
        for wrong in ["", "# nothing\n", "AGE-SECRET-KEY-1", two.as_str()] {
            assert!(Key::parse(wrong).is_none());
        }
    }
}
