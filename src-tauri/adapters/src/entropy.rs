//! Random text from the operating system.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use evergrant_engine::ports::Entropy;
use zeroize::Zeroizing;

/// The operating system's random source.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsEntropy;

impl Entropy for OsEntropy {
    /// # Panics
    /// When the operating system has no randomness: nothing safe could be done without it.
    fn unguessable(&self) -> String {
        let mut bytes = Zeroizing::new([0_u8; 32]);
        getrandom::fill(&mut *bytes).expect("the operating system gives random bytes");
        URL_SAFE_NO_PAD.encode(*bytes)
    }
}

/// Bytes that nobody can guess.
///
/// # Panics
/// When the operating system has no randomness: nothing safe could be done without it.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0_u8; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn it_is_43_characters_of_base64url_and_never_the_same() {
        let drawn: HashSet<String> = (0..1_000).map(|_| OsEntropy.unguessable()).collect();
        assert_eq!(drawn.len(), 1_000, "two draws were the same");
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        for text in drawn {
            assert!(text.len() == 43 && text.chars().all(plain), "{text}");
        }
    }
}
