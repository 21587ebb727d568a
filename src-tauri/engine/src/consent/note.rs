//! A note of each consent that is being finished, in the vault: whatever interrupts it, the next start
//! knows that a grant may live at the provider, and has what it takes to adopt or to end it.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use evergrant_domain::{
    AccountId, AuthorizationCode, Client, Code, Fault, Grant, RefreshToken, ScopeSet, Subject, Timestamp,
    consent::{AttemptId, ask::AttemptSecrets},
    provider::ProviderId,
    secret::{Nonce, State, VaultText, Verifier},
};

use crate::kept::{Values, damaged, lines};
use crate::ports::{CodeExchange, Provider, Vault, VaultKey};
use crate::store::keep_item;
use crate::world::World;

const CONSENT: &str = "evergrant-consent=1";
const LABEL: &str = "Evergrant: a sign-in that is being finished";

/// What is needed to finish a consent, or to end what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentNote {
    pub attempt: AttemptId,
    pub provider: ProviderId,
    pub client_id: String,
    pub redirect_uri: String,
    pub asked: ScopeSet,
    pub since: Timestamp,
    /// The `sub` it must be for, where it was for one account only.
    pub only: Option<String>,
    pub code: AuthorizationCode,
    pub verifier: Verifier,
    pub nonce: Nonce,
    /// What it brought, where nobody wants it and it is being given back.
    pub brought: Option<Brought>,
}

/// A grant's token, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brought {
    pub sub: String,
    pub token: RefreshToken,
}

impl ConsentNote {
    /// Writes it down, or writes it anew.
    ///
    /// # Errors
    /// The vault's.
    pub async fn keep(&self, vault: &dyn Vault) -> Result<(), Fault> {
        keep_item(vault, &self.key(), LABEL, &self.encode()).await
    }

    /// Keeps what it brought, for whoever gives that back. As good as can be: the note says enough without.
    pub async fn will_be_given_back(&self, vault: &dyn Vault, subject: &Subject, token: &RefreshToken) {
        let note = Self {
            brought: brought(Some(subject.sub.clone()), Some(token.clone())),
            ..self.clone()
        };
        if let Err(fault) = note.keep(vault).await {
            let code = fault.code.as_str();
            tracing::warn!(code, "a grant that is given back is not noted");
        }
    }

    /// `None` where there is no such note, or it makes no sense.
    ///
    /// # Errors
    /// The vault's.
    pub async fn read(vault: &dyn Vault, attempt: &AttemptId) -> Result<Option<Self>, Fault> {
        match vault.read(&VaultKey::Consent(attempt.clone())).await {
            Ok(text) => Ok(Self::decode(attempt, &text).ok()),
            Err(fault) if matches!(fault.code, Code::VaultItemMissing | Code::VaultItemDamaged) => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    /// Those that brought a grant of this account.
    ///
    /// # Errors
    /// The vault's.
    pub async fn all_of(vault: &dyn Vault, issuer: &str, id: &AccountId) -> Result<Vec<Self>, Fault> {
        let mut notes = vec![];
        for key in vault.keys().await? {
            let VaultKey::Consent(attempt) = key else { continue };
            let Some(note) = Self::read(vault, &attempt).await? else {
                continue;
            };
            let of_account = |brought: &Brought| {
                let (issuer, sub) = (issuer.to_owned(), brought.sub.clone());
                AccountId::of(&Subject { issuer, sub }) == *id
            };
            if note.brought.as_ref().is_some_and(of_account) {
                notes.push(note);
            }
        }
        Ok(notes)
    }

    /// Throws it away. Where that fails, the next start does it.
    pub async fn throw_away(vault: &dyn Vault, attempt: &AttemptId) {
        if let Err(fault) = vault.delete(&VaultKey::Consent(attempt.clone())).await {
            let code = fault.code.as_str();
            tracing::info!(code, "the note of a finished consent is still in the vault");
        }
    }

    /// Writes it down, sends the code, and throws the note away where nothing can have come of it.
    ///
    /// # Errors
    /// The vault's, before anything is sent: without a note nobody would know of a grant whose answer is
    /// cut short. Those of the provider.
    pub async fn exchanged_for_the_first_time(
        &self,
        world: &World,
        port: &dyn Provider,
        client: &Client,
    ) -> Result<Grant, Fault> {
        self.keep(&*world.vault).await?;
        let brought = self.exchanged(port, client).await;
        if let Err(fault) = &brought
            && !fault.code.may_have_landed()
        {
            Self::throw_away(&*world.vault, &self.attempt).await;
        }
        brought
    }

    /// Sends the code.
    ///
    /// # Errors
    /// The provider's.
    pub async fn exchanged(&self, port: &dyn Provider, client: &Client) -> Result<Grant, Fault> {
        let secrets = AttemptSecrets {
            // Its part is over: it led the answer here.
            state: State::new(""),
            nonce: self.nonce.clone(),
            verifier: self.verifier.clone(),
        };
        port.exchange(CodeExchange {
            client,
            redirect_uri: &self.redirect_uri,
            asked: &self.asked,
            code: &self.code,
            secrets: &secrets,
        })
        .await
    }

    fn key(&self) -> VaultKey {
        VaultKey::Consent(self.attempt.clone())
    }

    fn encode(&self) -> VaultText {
        let brought = self.brought.as_ref();
        lines(
            CONSENT,
            &[
                ("provider", self.provider.as_str()),
                ("client", &self.client_id),
                ("redirect", &self.redirect_uri),
                ("asked", &self.asked.joined()),
                ("since", &self.since.0.to_string()),
                ("only", self.only.as_deref().unwrap_or("")),
                ("sub", brought.map_or("", |brought| &brought.sub)),
                ("brought", brought.map_or("", |brought| brought.token.expose())),
                ("nonce", self.nonce.expose()),
                ("verifier", self.verifier.expose()),
                ("code", self.code.expose()),
            ],
        )
    }

    fn decode(attempt: &AttemptId, text: &VaultText) -> Result<Self, Fault> {
        let values = Values::read(CONSENT, text)?;
        let optional = |name| {
            values
                .get(name)
                .map(|text| (!text.is_empty()).then(|| text.to_owned()))
        };
        Ok(Self {
            attempt: attempt.clone(),
            provider: ProviderId::parse(values.get("provider")?).ok_or_else(damaged)?,
            client_id: values.some("client")?.to_owned(),
            redirect_uri: values.some("redirect")?.to_owned(),
            asked: ScopeSet::parse(values.get("asked")?),
            since: Timestamp(values.get("since")?.parse().map_err(|_| damaged())?),
            only: optional("only")?,
            brought: brought(optional("sub")?, optional("brought")?.map(RefreshToken::new)),
            nonce: Nonce::new(values.get("nonce")?),
            verifier: Verifier::new(values.some("verifier")?),
            code: AuthorizationCode::new(values.some("code")?),
        })
    }
}

fn brought(sub: Option<String>, token: Option<RefreshToken>) -> Option<Brought> {
    let (sub, token) = (sub?, token?);
    Some(Brought { sub, token })
}

/// Notes written since the start: the attempts behind them look after them.
#[derive(Default)]
pub(crate) struct NotesOfThisRun(Mutex<BTreeSet<AttemptId>>);

impl NotesOfThisRun {
    pub fn begin(&self, attempt: &AttemptId) {
        self.lock().insert(attempt.clone());
    }

    pub fn has(&self, attempt: &AttemptId) -> bool {
        self.lock().contains(attempt)
    }

    fn lock(&self) -> MutexGuard<'_, BTreeSet<AttemptId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_comes_back_the_same_and_no_part_of_it_is_taken_for_it() {
        let attempt = AttemptId::parse(&"a".repeat(43)).expect("an id");
        let note = ConsentNote {
            attempt: attempt.clone(),
            provider: ProviderId::parse("google").expect("an id"),
            client_id: "client".into(),
            redirect_uri: "http://127.0.0.1:1/x".into(),
            asked: ScopeSet::parse("openid mail"),
            since: Timestamp(1_800_000_000),
            only: Some("123".into()),
            code: AuthorizationCode::new("4/0code"),
            verifier: Verifier::new("verifier"),
            nonce: Nonce::new("nonce"),
            brought: brought(Some("123".into()), Some(RefreshToken::new("1//0x"))),
        };
        let whole = note.encode();
        assert_eq!(ConsentNote::decode(&attempt, &whole), Ok(note.clone()));
        for end in 0..whole.expose().len() {
            let part = VaultText::new(&whole.expose()[..end]);
            let read = ConsentNote::decode(&attempt, &part);
            assert!(
                read.is_err() || read.is_ok_and(|read| read.code != note.code),
                "cut at {end}"
            );
        }
    }
}
