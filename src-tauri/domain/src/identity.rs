//! Who an account is: keyed by issuer and subject, never by address, which is only a label.

use std::fmt;

use crate::digest::{hexadecimal, is_hexadecimal};

/// Issuer and subject: the only stable name of an account (OpenID Connect Core 5.7).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Subject {
    pub issuer: String,
    pub sub: String,
}

/// The account's name on this computer: 32 hexadecimal digits derived from issuer and subject,
/// so that the ledger and the vault agree on it even when one of them is lost.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountId(String);

impl AccountId {
    const DIGITS: usize = 32;

    pub fn of(subject: &Subject) -> Self {
        Self(hexadecimal([&subject.issuer, &subject.sub], Self::DIGITS))
    }

    /// Reads an id that came from outside; `None` when it is not one.
    pub fn parse(text: &str) -> Option<Self> {
        is_hexadecimal(text, Self::DIGITS).then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AccountId({})", &self.0)
    }
}

/// What a provider says about the person: labels, free to change at any time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub subject: Subject,
    pub email: Option<String>,
    pub name: Option<String>,
    /// Address of the picture at the provider.
    pub picture: Option<String>,
    /// The organisation's domain (Google's `hd`), where there is one.
    pub organisation: Option<String>,
}

impl Person {
    /// What to call the account on screen.
    pub fn label(&self) -> &str {
        self.email.as_deref().unwrap_or(&self.subject.sub)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(issuer: &str, sub: &str) -> Subject {
        Subject {
            issuer: issuer.into(),
            sub: sub.into(),
        }
    }

    #[test]
    fn issuer_and_subject_both_count_and_do_not_run_together() {
        let id = AccountId::of(&subject("https://a", "1"));
        assert_eq!(id, AccountId::of(&subject("https://a", "1")));
        assert_ne!(id, AccountId::of(&subject("https://b", "1")));
        assert_ne!(
            AccountId::of(&subject("ab", "c")),
            AccountId::of(&subject("a", "bc"))
        );
        assert_eq!(AccountId::parse(id.as_str()), Some(id));
    }

    /// Vault and ledger of every earlier version know the account by this.
    #[test]
    fn an_id_is_the_same_in_every_version() {
        let id = AccountId::of(&subject("https://accounts.google.com", "110169484474386276334"));
        assert_eq!(id.as_str(), "1a6adac36fceb13630bc001596e2764b");
    }

    #[test]
    fn only_an_id_is_read_as_one() {
        for wrong in ["", "../../etc/passwd", "ABCDEF00ABCDEF00ABCDEF00ABCDEF00", "00"] {
            assert_eq!(AccountId::parse(wrong), None, "{wrong}");
        }
    }
}
