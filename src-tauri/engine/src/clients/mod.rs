//! The client a provider is asked with, fetched for the moment of use.

use evergrant_domain::{Client, Code, Fault, provider::ProviderId};

use crate::kept::{decode_client, encode_client};
use crate::ports::{Ledger, VaultKey};
use crate::store::keep_item;
use crate::world::{ClientSource, KnownProvider, World};

/// The client for a provider.
///
/// # Errors
/// `ClientMissing` when none was imported; the vault's faults.
pub async fn client_of(world: &World, provider: &KnownProvider) -> Result<Client, Fault> {
    match &provider.client {
        ClientSource::BuiltIn(client) => Ok(client.clone()),
        ClientSource::Imported => {
            let key = VaultKey::Client(provider.spec.id.clone());
            match world.vault.read(&key).await {
                Ok(text) => decode_client(&text),
                Err(fault) if matches!(fault.code, Code::VaultItemMissing | Code::VaultEmpty) => {
                    Err(Code::ClientMissing.into())
                }
                Err(fault) => Err(fault),
            }
        }
    }
}

/// Keeps an imported client in the vault and its ID, which is no secret, in the ledger. A person waits for
/// it, and may be asked to unlock.
pub async fn keep_client(
    world: &World,
    provider: &ProviderId,
    client: &Client,
    project: Option<&str>,
) -> Result<(), Fault> {
    let key = VaultKey::Client(provider.clone());
    let label = format!("Evergrant: client of {}", provider.as_str());
    let text = encode_client(client);
    world.vault.ready().await?;
    keep_item(&*world.vault, &key, &label, &text).await?;
    note_client(&*world.ledger, provider, &client.id, project).await
}

/// Notes the ID and project of an imported client in the ledger.
pub async fn note_client(
    ledger: &dyn Ledger,
    provider: &ProviderId,
    client_id: &str,
    project: Option<&str>,
) -> Result<(), Fault> {
    ledger
        .set_setting(&setting(provider, "project"), project.unwrap_or(""))
        .await?;
    ledger.set_setting(&setting(provider, "client"), client_id).await
}

/// The ID and project of an imported client, from the ledger, without touching the vault.
pub async fn known_client(world: &World, provider: &ProviderId) -> Option<(String, Option<String>)> {
    noted_client(&*world.ledger, provider).await
}

/// The same for whoever has the ledger alone.
pub async fn noted_client(ledger: &dyn Ledger, provider: &ProviderId) -> Option<(String, Option<String>)> {
    let id = ledger.setting(&setting(provider, "client")).await;
    let project = ledger.setting(&setting(provider, "project")).await;
    let id = id.ok().flatten().filter(|id| !id.is_empty())?;
    let project = project.ok().flatten().filter(|name| !name.is_empty());
    Some((id, project))
}

fn setting(provider: &ProviderId, what: &str) -> String {
    format!("{what}.{}", provider.as_str())
}
