//! The registration under which this program asks for consent.

use crate::digest::{hexadecimal, is_hexadecimal};
use crate::provider::ProviderId;
use crate::secret::ClientSecret;

/// A client at a provider (RFC 6749 2.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    pub id: String,
    /// Absent for public clients of providers that do not want one.
    pub secret: Option<ClientSecret>,
}

/// A client's name on this computer: its provider, and 16 hexadecimal digits derived from the id that it has
/// there. Never from its secret, so that a renewed one takes the place of the old.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClientKey {
    provider: ProviderId,
    digits: String,
}

impl ClientKey {
    const DIGITS: usize = 16;

    pub fn of(provider: &ProviderId, client_id: &str) -> Self {
        Self {
            provider: provider.clone(),
            digits: hexadecimal([provider.as_str(), client_id], Self::DIGITS),
        }
    }

    /// Reads a name that came from outside; `None` when it is not one.
    pub fn parse(text: &str) -> Option<Self> {
        let (provider, digits) = text.split_once(':')?;
        let provider = ProviderId::parse(provider)?;
        is_hexadecimal(digits, Self::DIGITS).then(|| Self {
            provider,
            digits: digits.to_owned(),
        })
    }

    pub fn provider(&self) -> &ProviderId {
        &self.provider
    }

    /// `google:0123456789abcdef`.
    pub fn name(&self) -> String {
        format!("{}:{}", self.provider.as_str(), self.digits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn google() -> ProviderId {
        ProviderId::parse("google").expect("an id")
    }

    /// The vault of every earlier version knows the client by this.
    #[test]
    fn a_name_is_the_same_in_every_version() {
        let key = ClientKey::of(&google(), "1234-abcd.apps.googleusercontent.com");
        assert_eq!(key.name(), "google:96c808bfeb6baf85");
    }

    #[test]
    fn clients_of_one_provider_differ_and_so_does_one_id_at_two_providers() {
        let key = ClientKey::of(&google(), "1-a");
        let elsewhere = ProviderId::parse("work").expect("an id");
        assert_ne!(key, ClientKey::of(&google(), "1-b"));
        assert_ne!(key, ClientKey::of(&elsewhere, "1-a"));
        assert_eq!(key.provider(), &google());
        assert_eq!(ClientKey::parse(&key.name()), Some(key));
    }

    #[test]
    fn only_a_name_is_read_as_one() {
        let digits = "0".repeat(16);
        for wrong in [
            String::new(),
            "google".into(),
            "google:".into(),
            format!("google:{digits}0"),
            format!("Google:{digits}"),
            format!("google:{}", digits.replace('0', "A")),
            format!("google:x:{digits}"),
        ] {
            assert_eq!(ClientKey::parse(&wrong), None, "{wrong}");
        }
    }
}
