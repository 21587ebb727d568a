//! What lies where, seen from outside of the agent: in the keyring, in the ledger's file, at the provider.

mod fingerprint;
mod ledger;
mod vault;

pub use fingerprint::Fingerprint;
pub use ledger::{Row, put_aside};
pub use vault::{Item, keyring_is_open};

use std::collections::BTreeSet;

use crate::failure::Failure;
use crate::stage::{Given, Stage};

/// Everything that lasts, at one moment.
#[derive(Clone, Debug)]
pub struct Evidence {
    pub items: Vec<Item>,
    pub rows: Vec<Row>,
    pub given: Vec<Given>,
}

/// The part of it that is about one person.
#[derive(Clone, Debug)]
pub struct About {
    pub email: String,
    /// Vault items of the account.
    pub items: Vec<Item>,
    pub rows: Vec<Row>,
    /// Live refresh tokens at the provider.
    pub live: BTreeSet<Fingerprint>,
}

impl Evidence {
    /// Looks everywhere.
    ///
    /// # Errors
    /// `Failure::Stage` where something cannot be read at all.
    pub async fn gather(stage: &Stage) -> Result<Self, Failure> {
        Ok(Self {
            items: vault::items(stage.line()).await?,
            rows: ledger::rows(&stage.folders)?,
            given: stage.provider.given().await?,
        })
    }

    pub fn people(&self) -> Vec<About> {
        let about = |given: &Given| About {
            email: given.email.clone(),
            items: self
                .items
                .iter()
                .filter(|item| item.is_of(&given.sub))
                .cloned()
                .collect(),
            rows: self
                .rows
                .iter()
                .filter(|row| row.sub == given.sub)
                .cloned()
                .collect(),
            live: given.live.clone(),
        };
        self.given.iter().map(about).collect()
    }

    pub fn about(&self, email: &str) -> About {
        let mut people = self.people().into_iter();
        people
            .find(|person| person.email == email)
            .unwrap_or_else(|| About {
                email: email.to_owned(),
                items: vec![],
                rows: vec![],
                live: BTreeSet::new(),
            })
    }

    /// Notes of consents that are being finished.
    pub fn notes(&self) -> usize {
        self.items.iter().filter(|item| item.is_note()).count()
    }
}

impl About {
    /// There is something of an account here, whole or not.
    pub fn is_here(&self) -> bool {
        !self.items.is_empty() || !self.rows.is_empty()
    }

    /// The vault holds a token that opens something.
    pub fn opens(&self) -> bool {
        self.items.iter().any(|item| !item.holds.is_disjoint(&self.live))
    }

    /// The token that is used first does.
    pub fn opens_at_once(&self) -> bool {
        let mut newest = self.items.iter().filter_map(|item| item.newest.as_ref());
        newest.any(|newest| self.live.contains(newest))
    }

    /// Everything the vault holds for this account, for comparing.
    pub fn held(&self) -> BTreeSet<&Fingerprint> {
        self.items.iter().flat_map(|item| &item.holds).collect()
    }

    pub fn is_going(&self) -> bool {
        self.rows.iter().any(Row::is_going)
    }
}
