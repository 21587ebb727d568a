//! Deleting what is kept, once nothing lives at a provider any more, or a person did not want to wait for it.

use std::path::PathBuf;

use evergrant_adapters::config::{VaultChoice, VaultKind};
use evergrant_adapters::leaving::Belongings;
use evergrant_adapters::places::{Places, Profile};
use evergrant_adapters::tenancy::Tenancy;
use evergrant_domain::{Code, Fault};
use evergrant_engine::ports::{Vault, VaultKey};

use super::ending::is_no_vault;
use crate::vaults;

/// Deletes everything but the note that it was asked for. `asked`: a person waits, and may be asked to unlock the vault.
/// `past_vault`: what the vault does not give away now is left in it.
///
/// # Errors
/// Why something is left: the vault's; `VaultFileBusy` while another program serves the accounts; the disk's.
pub async fn erase(belongings: &Belongings, asked: bool, past_vault: bool) -> Result<(), Fault> {
    let homes: Vec<(Profile, Places)> = Profile::ALL
        .into_iter()
        .filter_map(|profile| Some((profile, Places::of_this_person(profile)?)))
        .collect();
    let used = homes.clone();
    let alone = tokio::task::spawn_blocking(move || used.iter().map(alone).collect::<Result<Vec<_>, _>>());
    let _alone = alone.await.map_err(|_| Code::LedgerFailed)??;
    if !belongings.are_secrets_gone() {
        match secrets(&homes, asked).await {
            Err(fault) if past_vault && fault.code.is_of_the_vault() => {}
            files => belongings.remove_vaults(&files?)?,
        }
        // The settings that say where secrets were go next; without a note a restart would look in the wrong place.
        belongings.secrets_are_gone()?;
    }
    let belongings = belongings.clone();
    let removed = tokio::task::spawn_blocking(move || belongings.remove());
    removed.await.map_err(|_| Code::LedgerFailed)?
}

/// Nobody serves the profile, and nobody begins to. `None` where there is none.
fn alone((_, places): &(Profile, Places)) -> Result<Option<Tenancy>, Fault> {
    if !places.data().exists() {
        return Ok(None);
    }
    Tenancy::alone(places.data()).map(Some)
}

/// Empties the system's vault; where a person chose a file instead, the answer names the files to remove.
async fn secrets(homes: &[(Profile, Places)], asked: bool) -> Result<Vec<PathBuf>, Fault> {
    let mut files = vec![];
    for (profile, places) in homes {
        let choice =
            VaultChoice::load(&places.config_file()).map_err(|mistake| vaults::undecided(&mistake))?;
        match choice.kind {
            VaultKind::System => empty(&vaults::system(*profile), asked).await?,
            VaultKind::File => files.push(vaults::file(*profile, places, &choice)),
        }
    }
    Ok(files)
}

/// Deletes every item of a vault.
///
/// # Errors
/// The vault's; what is deleted by then stays so.
pub async fn empty(vault: &dyn Vault, asked: bool) -> Result<(), Fault> {
    let items = match keys(vault).await {
        Err(fault) if asked && fault.code == Code::VaultLocked => {
            vault.ready().await?;
            keys(vault).await?
        }
        items => items?,
    };
    if asked && !items.is_empty() {
        vault.ready().await?;
    }
    for key in items {
        vault.delete(&key).await?;
    }
    // What was written meanwhile, and what only said that it was deleted.
    if keys(vault).await?.is_empty() {
        Ok(())
    } else {
        Err(Code::VaultUnfaithful.into())
    }
}

/// Nothing was ever kept where there is no vault.
async fn keys(vault: &dyn Vault) -> Result<Vec<VaultKey>, Fault> {
    match vault.keys().await {
        Err(fault) if is_no_vault(fault.code) => Ok(vec![]),
        keys => keys,
    }
}
