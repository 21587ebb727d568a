//! What stands here already is kept, unless its grant is dead or a person said otherwise.

use evergrant_adapters::backup::Backup;
use evergrant_domain::{AccountId, ClientKey, Code, Fault, lifecycle::Standing, secret::VaultText};
use evergrant_engine::keep_item;
use evergrant_engine::kept::{KeptGrant, decode_client};
use evergrant_engine::ports::{ClientRow, Ledger, Row, Vault, VaultKey};

use crate::label::label;

/// What became of one thing in a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub what: What,
    /// An account's address, or what a client is called.
    pub name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Brought,
    /// It works here as it is.
    Kept,
    /// A person is disconnecting it here.
    Leaving,
    ClientBrought,
    /// It is here with another secret.
    ClientKept,
}

/// Brings back what is in a backup, each item read back before its row is written; `tell` hears of each, so
/// that what was done is known also where it stops.
///
/// # Errors
/// The vault's and the ledger's. What was brought back until then stays.
pub async fn restore(
    vault: &dyn Vault,
    ledger: &dyn Ledger,
    backup: &Backup,
    replace: bool,
    mut tell: impl FnMut(Outcome),
) -> Result<(), Fault> {
    vault.ready().await?;
    let rows = ledger.rows().await?;
    for (key, text) in &backup.items {
        match key {
            VaultKey::Client(key) => {
                if let Some(outcome) = client(vault, ledger, (key, text), backup, replace).await? {
                    tell(outcome);
                }
            }
            // As the first version kept it, it said which client it is in itself.
            VaultKey::OnlyClient(provider) => {
                let Ok(kept) = decode_client(text) else { continue };
                let key = ClientKey::of(provider, &kept.id);
                if let Some(outcome) = client(vault, ledger, (&key, text), backup, replace).await? {
                    tell(outcome);
                }
            }
            VaultKey::Account(id) => {
                let here = rows.iter().find(|row| row.id == *id);
                let kept = backup.rows.get(id);
                let what = account(vault, ledger, (id, text), here, kept, replace).await?;
                let name = kept.map_or_else(|| name(text), |row| row.person.label().to_owned());
                tell(Outcome { what, name });
            }
            VaultKey::Consent(_) => {}
        }
    }
    Ok(())
}

async fn account(
    vault: &dyn Vault,
    ledger: &dyn Ledger,
    (id, text): (&AccountId, &VaultText),
    here: Option<&Row>,
    kept: Option<&Row>,
    replace: bool,
) -> Result<What, Fault> {
    let key = VaultKey::Account(id.clone());
    let before = standing_item(vault, &key).await?;
    match here.map(|row| row.standing) {
        Some(Standing::Disconnecting(_)) => return Ok(What::Leaving),
        // A dead grant is worth less than whatever the backup has, unless that is the same one.
        Some(Standing::NeedsReconnect(_)) if before.as_ref() != Some(text) => {}
        Some(_) if before.is_some() && !replace => return Ok(What::Kept),
        // It has no row, and gets one at the next start.
        None if before.as_ref().is_some_and(|before| before != text) && !replace => {
            return Ok(What::Kept);
        }
        _ => {}
    }
    keep_item(vault, &key, &label(&key, text), text).await?;
    if let Some(row) = kept {
        // Consents given since then still count at the provider.
        let consents = here.map_or(0, |here| here.consents).max(row.consents);
        let row = Row {
            consents,
            ..row.clone()
        };
        ledger.save(&row).await?;
    }
    Ok(What::Brought)
}

/// `None` for one that is damaged: it brings nothing back.
async fn client(
    vault: &dyn Vault,
    ledger: &dyn Ledger,
    (key, text): (&ClientKey, &VaultText),
    backup: &Backup,
    replace: bool,
) -> Result<Option<Outcome>, Fault> {
    let Ok(kept) = decode_client(text) else {
        return Ok(None);
    };
    if ClientKey::of(key.provider(), &kept.id) != *key {
        return Ok(None);
    }
    let row = backup.clients.get(key).cloned().unwrap_or_else(|| ClientRow {
        provider: key.provider().clone(),
        client_id: kept.id,
        project: None,
        name: None,
        imported_at: backup.made_at,
    });
    let name = format!("{} ({})", row.label(), row.provider.as_str());
    let item = VaultKey::Client(key.clone());
    let before = standing_item(vault, &item).await?;
    let what = if before.as_ref().is_some_and(|before| before != text) && !replace {
        What::ClientKept
    } else {
        keep_item(vault, &item, &label(&item, text), text).await?;
        // What a person calls it here stays.
        let known = ledger.client(key).await?;
        ledger.save_client(&known.unwrap_or(row)).await?;
        What::ClientBrought
    };
    Ok(Some(Outcome { what, name }))
}

/// The item that stands here; a damaged one is as good as none.
async fn standing_item(vault: &dyn Vault, key: &VaultKey) -> Result<Option<VaultText>, Fault> {
    match vault.read(key).await {
        Ok(text) => Ok(Some(text)),
        Err(fault) if matches!(fault.code, Code::VaultItemMissing | Code::VaultItemDamaged) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// Of an account whose row is not in the backup.
fn name(text: &VaultText) -> String {
    KeptGrant::decode(text).map_or_else(|_| "?".to_owned(), |kept| kept.email.unwrap_or(kept.subject.sub))
}
