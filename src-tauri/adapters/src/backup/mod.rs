//! Everything of a profile's accounts in one age file: to put away, and to bring back here or elsewhere.
//!
//! Inside are blocks, of which the first says what it is: `evergrant-backup`, then one a client, one a row of
//! the ledger, and one an item of the vault.

mod file;
mod row;

use std::collections::BTreeMap;

use evergrant_domain::{
    AccountId, ClientKey, Code, Fault, Timestamp, provider::ProviderId, secret::VaultText,
};
use evergrant_engine::ports::{ClientRow, Row, VaultKey};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::blocks;

pub use file::{Unread, Unwritten, read, write};

const HEAD: &str = "evergrant-backup";
const ROW: &str = "row:";
const NOTE: &str = "note:";
/// The first had one client for each provider, under the name of that.
const VERSIONS: [u32; 2] = [1, 2];
const VERSION: u32 = 2;

/// What is in a backup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backup {
    pub made_at: Timestamp,
    pub rows: BTreeMap<AccountId, Row>,
    /// What the ledger knows of clients that were imported.
    pub clients: BTreeMap<ClientKey, ClientRow>,
    /// The items of accounts and clients.
    pub items: BTreeMap<VaultKey, VaultText>,
}

/// A client, as far as it is no secret.
#[derive(Serialize, Deserialize)]
struct ClientNote {
    client_id: String,
    project: Option<String>,
    #[serde(default)]
    name: Option<String>,
    /// Seconds since 1970.
    #[serde(default)]
    imported_at: i64,
}

impl From<&ClientRow> for ClientNote {
    fn from(row: &ClientRow) -> Self {
        Self {
            client_id: row.client_id.clone(),
            project: row.project.clone(),
            name: row.name.clone(),
            imported_at: row.imported_at.0,
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Head {
    version: u32,
    /// Seconds since 1970.
    made_at: i64,
}

impl Backup {
    /// The text to seal.
    pub fn encode(&self) -> Zeroizing<Vec<u8>> {
        let head = json(&Head {
            version: VERSION,
            made_at: self.made_at.0,
        });
        let mut blocks = vec![(HEAD.to_owned(), head)];
        for (key, row) in &self.clients {
            blocks.push((format!("{NOTE}{}", key.name()), json(&ClientNote::from(row))));
        }
        for (id, row) in &self.rows {
            blocks.push((format!("{ROW}{}", id.as_str()), json(&row::Written::from(row))));
        }
        let items: Vec<(String, &[u8])> = self
            .items
            .iter()
            .map(|(key, text)| (key.name(), text.expose().as_bytes()))
            .collect();
        let plain = blocks
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
        let secret = items.iter().map(|(name, bytes)| (name.as_str(), *bytes));
        blocks::write(plain.chain(secret))
    }

    /// # Errors
    /// `BackupUnreadable`, where anything in it is not as `encode` writes it, or it is of a newer version.
    pub fn decode(plain: &[u8]) -> Result<Self, Fault> {
        let blocks = blocks::read(plain).ok_or_else(unreadable)?;
        let mut blocks = blocks.into_iter();
        let head = blocks.next().filter(|(name, _)| *name == HEAD);
        let head: Head = parsed(head.ok_or_else(unreadable)?.1)?;
        if !VERSIONS.contains(&head.version) {
            return Err(Fault::with_detail(
                Code::BackupUnreadable,
                "it was made by another version of Evergrant",
            ));
        }
        let mut backup = Self {
            made_at: Timestamp(head.made_at),
            ..Self::default()
        };
        for (name, bytes) in blocks {
            backup.take(name, bytes)?;
        }
        Ok(backup)
    }

    fn take(&mut self, name: &str, bytes: &[u8]) -> Result<(), Fault> {
        if let Some(id) = name.strip_prefix(ROW) {
            let row = parsed::<row::Written>(bytes)?.read().ok_or_else(unreadable)?;
            // Its name in the ledger and the vault follows from who it is.
            if row.id.as_str() != id || AccountId::of(&row.person.subject) != row.id {
                return Err(unreadable());
            }
            self.rows.insert(row.id.clone(), row);
        } else if let Some(id) = name.strip_prefix(NOTE) {
            let row = client_row(id, parsed(bytes)?).ok_or_else(unreadable)?;
            self.clients.insert(row.key(), row);
        } else {
            let key = VaultKey::parse(name).filter(is_kept).ok_or_else(unreadable)?;
            let text = str::from_utf8(bytes).map_err(|_| unreadable())?;
            self.items.insert(key, VaultText::new(text));
        }
        Ok(())
    }
}

/// Whether an item belongs into a backup. A consent under way is of no use later.
pub const fn is_kept(key: &VaultKey) -> bool {
    match key {
        VaultKey::Account(_) | VaultKey::Client(_) | VaultKey::OnlyClient(_) => true,
        VaultKey::Consent(_) => false,
    }
}

/// A client by its own name, or in a backup of the first version by that of its provider.
fn client_row(name: &str, note: ClientNote) -> Option<ClientRow> {
    let provider = name.split(':').next().and_then(ProviderId::parse)?;
    let row = ClientRow {
        provider,
        client_id: note.client_id,
        project: note.project,
        name: note.name,
        imported_at: Timestamp(note.imported_at),
    };
    (name == row.key().name() || name == row.provider.as_str()).then_some(row)
}

fn json(value: &impl Serialize) -> Vec<u8> {
    // Strings, numbers and lists of them: there is nothing in them that JSON could not say.
    serde_json::to_vec(value).unwrap_or_default()
}

fn parsed<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Fault> {
    serde_json::from_slice(bytes).map_err(|_| unreadable())
}

fn unreadable() -> Fault {
    Code::BackupUnreadable.into()
}

#[cfg(test)]
mod tests;
