/// Words of somebody else (a provider, the system), cut short and cleaned, safe to show and log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail(String);

impl Detail {
    /// Longest detail kept, in characters.
    pub const LONGEST: usize = 200;
    /// A longer run without a space is left out: no word is that long.
    const LONGEST_WORD: usize = 48;
    /// A longer run with digits in it is taken for a secret and left out; tokens and codes have both.
    const LONGEST_WITH_DIGITS: usize = 16;

    pub(super) fn new(words: &str) -> Option<Self> {
        let kept: Vec<&str> = words
            .split(|letter: char| letter.is_whitespace() || letter.is_control())
            .filter(|word| !word.is_empty() && !Self::may_be_secret(word))
            .collect();
        let text: String = kept.join(" ").chars().take(Self::LONGEST).collect();
        (!text.is_empty()).then_some(Self(text))
    }

    /// Addresses of people are let through: no token has an `@`.
    fn may_be_secret(word: &str) -> bool {
        let digits = word.bytes().any(|byte| byte.is_ascii_digit()) && !word.contains('@');
        let longest = if digits {
            Self::LONGEST_WITH_DIGITS
        } else {
            Self::LONGEST_WORD
        };
        word.chars().count() > longest
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Detail;
    use crate::{Code, Fault};

    #[test]
    fn a_word_is_left_out_from_a_length_on() {
        for (letter, longest) in [("x", Detail::LONGEST_WORD), ("7", Detail::LONGEST_WITH_DIGITS)] {
            let kept = |length| Detail::new(&letter.repeat(length)).is_some();
            assert!(kept(longest), "{longest} of {letter}");
            assert!(!kept(longest + 1), "one more than {longest} of {letter}");
        }
    }

    #[test]
    fn a_detail_leaves_out_what_could_be_a_secret() {
        let token = "x".repeat(60);
        let fault = Fault::with_detail(Code::ProviderRefused, &format!("bad {token}\nvalue"));
        assert_eq!(fault.detail.expect("words remain").as_str(), "bad value");
    }

    #[test]
    fn a_short_token_is_no_word_and_an_address_is() {
        let said = "token 1//0practice-Zm9vYmFyYmF6cXV4 of anna.1984.long@example.com is bad";
        let fault = Fault::with_detail(Code::ProviderRefused, said);
        let kept = fault.detail.expect("words remain");
        assert_eq!(kept.as_str(), "token of anna.1984.long@example.com is bad");
    }
}
