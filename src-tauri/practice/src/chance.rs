//! Where the random bits of tokens come from: the system, or a seed that repeats itself.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// Every token, code, key and attempt is drawn from here, and nothing else is random.
#[derive(Debug)]
pub enum Chance {
    System,
    /// The same seed gives the same tokens in the same order, for recorded demonstrations.
    Seeded {
        seed: u64,
        drawn: u64,
    },
}

impl Chance {
    pub fn from_seed(seed: Option<u64>) -> Self {
        seed.map_or(Self::System, |seed| Self::Seeded { seed, drawn: 0 })
    }

    /// 256 random bits.
    pub fn bits(&mut self) -> [u8; 32] {
        match self {
            Self::System => {
                let mut bits = [0; 32];
                getrandom::fill(&mut bits).expect("the system gives random bits");
                bits
            }
            Self::Seeded { seed, drawn } => {
                *drawn += 1;
                Sha256::new()
                    .chain_update(seed.to_be_bytes())
                    .chain_update(drawn.to_be_bytes())
                    .finalize()
                    .into()
            }
        }
    }

    /// 256 random bits in the URL-safe alphabet, after a prefix that says what they are.
    pub fn token(&mut self, prefix: &str) -> String {
        format!("{prefix}{}", URL_SAFE_NO_PAD.encode(self.bits()))
    }

    /// True with this probability.
    pub fn happens(&mut self, probability: f64) -> bool {
        let [a, b, c, d, ..] = self.bits();
        f64::from(u32::from_be_bytes([a, b, c, d])) < probability * f64::from(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_repeats_and_never_gives_the_same_token_twice() {
        let mut one = Chance::from_seed(Some(7));
        let mut two = Chance::from_seed(Some(7));
        let first = one.token("4/0practice-");
        assert_eq!(first, two.token("4/0practice-"));
        assert_ne!(first, one.token("4/0practice-"));
        assert_ne!(first, Chance::from_seed(Some(8)).token("4/0practice-"));
    }

    #[test]
    fn never_and_always_are_kept() {
        let mut chance = Chance::from_seed(Some(1));
        assert!((0..100).all(|_| !chance.happens(0.0)));
        assert!((0..100).all(|_| chance.happens(1.0)));
    }
}
