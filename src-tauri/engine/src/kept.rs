//! The text of vault items: lines of `name=value`, so that a person who looks can read what it is.
//!
//! An account's item holds besides the refresh token just what is needed to find the account again
//! when the ledger is lost.

use evergrant_domain::{
    Client, ClientSecret, Code, Fault, Person, RefreshToken, Subject, consent::AttemptId,
    provider::ProviderId, secret::VaultText,
};
use zeroize::Zeroizing;

const GRANT: &str = "evergrant-grant=1";
const CLIENT: &str = "evergrant-client=1";

/// A grant as kept in the vault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptGrant {
    pub provider: ProviderId,
    pub subject: Subject,
    pub email: Option<String>,
    /// A refresh token serves only the client it was given to.
    pub client_id: String,
    pub refresh_token: RefreshToken,
    /// The token before it, until this one has refreshed once.
    pub previous: Option<RefreshToken>,
    /// The consent that brought it, so that a note of that consent is known to be done with.
    pub attempt: Option<AttemptId>,
}

impl KeptGrant {
    pub fn new(provider: &ProviderId, person: &Person, client_id: &str, token: &RefreshToken) -> Self {
        Self {
            provider: provider.clone(),
            subject: person.subject.clone(),
            email: person.email.clone(),
            client_id: client_id.to_owned(),
            refresh_token: token.clone(),
            previous: None,
            attempt: None,
        }
    }

    /// The same, with the token that it replaces. One that it was replaced by before is no earlier one.
    #[must_use]
    pub fn replacing(self, previous: Option<&RefreshToken>) -> Self {
        let previous = previous
            .filter(|previous| **previous != self.refresh_token)
            .cloned();
        Self { previous, ..self }
    }

    /// The same, brought by this consent.
    #[must_use]
    pub fn brought_by(self, attempt: Option<&AttemptId>) -> Self {
        let attempt = attempt.cloned();
        Self { attempt, ..self }
    }

    pub fn encode(&self) -> VaultText {
        lines(
            GRANT,
            &[
                ("provider", self.provider.as_str()),
                ("issuer", &self.subject.issuer),
                ("sub", &self.subject.sub),
                ("email", self.email.as_deref().unwrap_or("")),
                ("client", &self.client_id),
                ("attempt", self.attempt.as_ref().map_or("", AttemptId::as_str)),
                (
                    "previous",
                    self.previous.as_ref().map_or("", RefreshToken::expose),
                ),
                ("refresh_token", self.refresh_token.expose()),
            ],
        )
    }

    /// # Errors
    /// `VaultItemDamaged`: somebody else's item, or a part of one.
    pub fn decode(text: &VaultText) -> Result<Self, Fault> {
        let values = Values::read(GRANT, text)?;
        let email = values.get("email")?;
        Ok(Self {
            provider: ProviderId::parse(values.get("provider")?).ok_or_else(damaged)?,
            subject: Subject {
                issuer: values.some("issuer")?.to_owned(),
                sub: values.some("sub")?.to_owned(),
            },
            email: (!email.is_empty()).then(|| email.to_owned()),
            client_id: values.some("client")?.to_owned(),
            refresh_token: RefreshToken::new(values.some("refresh_token")?),
            // Items of before have neither.
            previous: values.some("previous").ok().map(RefreshToken::new),
            attempt: values.some("attempt").ok().and_then(AttemptId::parse),
        })
    }
}

/// Writes a client as a vault item.
pub fn encode_client(client: &Client) -> VaultText {
    let secret = client.secret.as_ref().map_or("", ClientSecret::expose);
    lines(CLIENT, &[("client", &client.id), ("client_secret", secret)])
}

/// # Errors
/// `VaultItemDamaged`.
pub fn decode_client(text: &VaultText) -> Result<Client, Fault> {
    let values = Values::read(CLIENT, text)?;
    let secret = values.get("client_secret")?;
    Ok(Client {
        id: values.some("client")?.to_owned(),
        secret: (!secret.is_empty()).then(|| ClientSecret::new(secret)),
    })
}

/// A line break in a value would forge another line; no true value has one.
pub(crate) fn lines(kind: &str, values: &[(&str, &str)]) -> VaultText {
    let mut text = Zeroizing::new(String::from(kind));
    for (name, value) in values {
        text.push('\n');
        text.push_str(name);
        text.push('=');
        text.extend(value.chars().filter(|letter| !letter.is_control()));
    }
    VaultText::new(text.as_str())
}

pub(crate) struct Values<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Values<'a> {
    pub fn read(kind: &str, text: &'a VaultText) -> Result<Self, Fault> {
        let mut lines = text.expose().lines();
        if lines.next() != Some(kind) {
            return Err(damaged());
        }
        let pairs: Option<Vec<_>> = lines.map(|line| line.split_once('=')).collect();
        Ok(Self(pairs.ok_or_else(damaged)?))
    }

    pub fn get(&self, name: &str) -> Result<&'a str, Fault> {
        let found = self.0.iter().find(|(key, _)| *key == name);
        found.map(|(_, value)| *value).ok_or_else(damaged)
    }

    pub fn some(&self, name: &str) -> Result<&'a str, Fault> {
        let value = self.get(name)?;
        (!value.is_empty()).then_some(value).ok_or_else(damaged)
    }
}

pub(crate) fn damaged() -> Fault {
    Code::VaultItemDamaged.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept() -> KeptGrant {
        KeptGrant {
            provider: ProviderId::parse("google").unwrap(),
            subject: Subject {
                issuer: "https://issuer".into(),
                sub: "1".into(),
            },
            email: Some("a=b@example.com".into()),
            client_id: "client".into(),
            refresh_token: RefreshToken::new("1//0secret"),
            previous: Some(RefreshToken::new("1//0earlier")),
            attempt: AttemptId::parse(&"a".repeat(43)),
        }
    }

    #[test]
    fn a_grant_comes_back_the_same() {
        assert_eq!(KeptGrant::decode(&kept().encode()), Ok(kept()));
        let client = Client {
            id: "c".into(),
            secret: Some(ClientSecret::new("s")),
        };
        assert_eq!(decode_client(&encode_client(&client)), Ok(client));
    }

    #[test]
    fn every_part_of_an_item_is_called_damaged() {
        let whole = kept().encode();
        for end in 0..whole.expose().len() {
            let part = VaultText::new(&whole.expose()[..end]);
            let read = KeptGrant::decode(&part);
            let shortened = read.is_ok_and(|grant| grant.refresh_token != kept().refresh_token);
            assert!(KeptGrant::decode(&part).is_err() || shortened, "cut at {end}");
        }
        assert!(KeptGrant::decode(&VaultText::new("hello")).is_err());
    }

    #[test]
    fn a_value_cannot_forge_a_line() {
        let mut forged = kept();
        forged.email = Some("x\nrefresh_token=stolen".into());
        let read = KeptGrant::decode(&forged.encode()).unwrap();
        assert_eq!(read.refresh_token, kept().refresh_token);
    }
}
