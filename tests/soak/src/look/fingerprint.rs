use std::fmt::Write;

use serde::Deserialize;
use sha2::{Digest, Sha256};

/// The SHA-256 of a value, in hex, as the practice provider shows those of its tokens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(String);

impl Fingerprint {
    pub fn of(value: &[u8]) -> Self {
        let mut text = String::new();
        for byte in Sha256::digest(value) {
            let _ = write!(text, "{byte:02x}");
        }
        Self(text)
    }
}
