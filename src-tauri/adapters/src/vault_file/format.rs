//! How the file is laid out. `docs/vault.md` describes it.
//!
//! ```text
//! evergrant-vault 1 <SHA-256 of all that follows this line, 64 hexadecimal digits>
//! <length of the sealed key, in bytes>
//! <the sealed key: an age file><the sealed items: an age file>
//! ```
//!
//! The digest keeps nobody from anything: that is age's part. It tells a file that was cut short or changed by
//! accident from one that a wrong passphrase does not open, before the passphrase is tried.

use evergrant_domain::{Code, Fault};
use sha2::{Digest, Sha256};

const NAME: &str = "evergrant-vault";
const VERSION: &str = "1";

/// The two parts of a file that is whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Parts<'a> {
    pub key: &'a [u8],
    pub items: &'a [u8],
}

impl<'a> Parts<'a> {
    /// # Errors
    /// `VaultFileDamaged`; so too for one of a newer version, which says so in the detail.
    pub(super) fn read(file: &'a [u8]) -> Result<Self, Fault> {
        let (head, rest) = line(file).ok_or_else(damaged)?;
        let mut words = head.split(' ');
        let (name, version, digest) = (words.next(), words.next(), words.next());
        if name != Some(NAME) || words.next().is_some() {
            return Err(damaged());
        }
        if digest != Some(&hex(rest)) {
            return Err(damaged());
        }
        // Only now: a changed digit is no newer version.
        if version != Some(VERSION) {
            return Err(Fault::with_detail(
                Code::VaultFileDamaged,
                "made by a newer version of Evergrant",
            ));
        }
        let (length, sealed) = line(rest).ok_or_else(damaged)?;
        let length = length.parse().map_err(|_| damaged())?;
        let (key, items) = sealed.split_at_checked(length).ok_or_else(damaged)?;
        Ok(Self { key, items })
    }

    pub(super) fn write(self) -> Vec<u8> {
        let mut rest = format!("{}\n", self.key.len()).into_bytes();
        rest.extend_from_slice(self.key);
        rest.extend_from_slice(self.items);
        let mut file = format!("{NAME} {VERSION} {}\n", hex(&rest)).into_bytes();
        file.extend_from_slice(&rest);
        file
    }
}

fn line(text: &[u8]) -> Option<(&str, &[u8])> {
    let end = text.iter().position(|byte| *byte == b'\n')?;
    Some((str::from_utf8(&text[..end]).ok()?, &text[end + 1..]))
}

fn hex(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let nibbles = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    nibbles
        .filter_map(|nibble| char::from_digit(nibble.into(), 16))
        .collect()
}

pub(super) fn damaged() -> Fault {
    Code::VaultFileDamaged.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARTS: Parts<'_> = Parts {
        key: b"key\nof two lines",
        items: b"items",
    };

    #[test]
    fn the_parts_come_back() {
        assert_eq!(Parts::read(&PARTS.write()), Ok(PARTS));
    }

    #[test]
    fn a_newer_version_is_said_and_a_changed_digit_is_damage() {
        let whole = PARTS.write();
        let newer = String::from_utf8(whole.clone())
            .expect("text")
            .replacen("vault 1 ", "vault 2 ", 1);
        let fault = Parts::read(newer.as_bytes()).expect_err("newer");
        assert!(
            fault
                .detail
                .is_some_and(|detail| detail.as_str().contains("newer"))
        );
        for at in 0..whole.len() {
            for bit in 0..8 {
                let mut changed = whole.clone();
                changed[at] ^= 1 << bit;
                let fault = Parts::read(&changed).expect_err("changed");
                assert_eq!(fault.code, Code::VaultFileDamaged, "byte {at}, bit {bit}");
            }
        }
    }
}
