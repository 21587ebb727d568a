//! Clients that the vault keeps and the ledger does not know, and those in their earlier place.

use evergrant_domain::{Client, ClientKey, Code, Fault, Timestamp, provider::ProviderId};

use super::{client_label, lacks_item};
use crate::kept::decode_client;
use crate::ports::{ClientRow, VaultKey};
use crate::store::keep_item;
use crate::world::World;

/// Takes over what earlier versions kept among these items, and notes what the ledger forgot; whether there
/// was any of it. Whoever calls this has the clients' turn.
///
/// # Errors
/// The vault's and the ledger's. What was not taken in stays as it is, and is taken in the next time.
pub(crate) async fn take_in(world: &World, keys: &[VaultKey]) -> Result<bool, Fault> {
    let mut any = false;
    for key in keys {
        any |= match key {
            VaultKey::OnlyClient(provider) => take_over(world, provider).await?,
            VaultKey::Client(key) => note_forgotten(world, key).await?,
            VaultKey::Account(_) | VaultKey::Consent(_) => false,
        };
    }
    Ok(any)
}

/// From its earlier place to its own: written there, read back and compared, noted, and only then removed
/// where it was. Cut short at any point, it is begun again and loses nothing.
async fn take_over(world: &World, provider: &ProviderId) -> Result<bool, Fault> {
    let earlier = VaultKey::OnlyClient(provider.clone());
    let Some(client) = whole(world, &earlier).await? else {
        return Ok(false);
    };
    let own = VaultKey::Client(ClientKey::of(provider, &client.id));
    // What stands there already is newer: the same client was imported again.
    if whole(world, &own)
        .await?
        .is_none_or(|there| there.id != client.id)
    {
        let text = world.vault.read(&earlier).await?;
        keep_item(&*world.vault, &own, &client_label(provider, &client.id), &text).await?;
    }
    note(world, provider, &client.id).await?;
    world.vault.delete(&earlier).await?;
    Ok(true)
}

async fn note_forgotten(world: &World, key: &ClientKey) -> Result<bool, Fault> {
    if world.ledger.client(key).await?.is_some() {
        return Ok(false);
    }
    match whole(world, &VaultKey::Client(key.clone())).await? {
        Some(client) if ClientKey::of(key.provider(), &client.id) == *key => {
            note(world, key.provider(), &client.id).await?;
            Ok(true)
        }
        _ => Ok(false),
    }
}

/// The vault knows neither its project nor what it was called.
async fn note(world: &World, provider: &ProviderId, client_id: &str) -> Result<(), Fault> {
    let row = ClientRow {
        provider: provider.clone(),
        client_id: client_id.to_owned(),
        project: None,
        name: None,
        imported_at: Timestamp(0),
    };
    if world.ledger.client(&row.key()).await?.is_some() {
        return Ok(());
    }
    world.ledger.save_client(&row).await
}

/// A whole client; what is missing or damaged is left as it is.
async fn whole(world: &World, key: &VaultKey) -> Result<Option<Client>, Fault> {
    match world.vault.read(key).await {
        Ok(text) => Ok(decode_client(&text).ok()),
        Err(fault) if lacks_item(fault.code) || fault.code == Code::VaultItemDamaged => Ok(None),
        Err(fault) => Err(fault),
    }
}
