//! The clients that a provider is asked with. Several stand side by side; which one serves an account follows
//! from its grant, and from nothing else.

mod choosing;
mod keeping;
mod taking_in;

pub use choosing::Which;
pub(crate) use choosing::client_for;
pub use keeping::client_label;
pub(crate) use keeping::{keep, remove, rename};
pub(crate) use taking_in::take_in;

use std::cmp::Reverse;

use evergrant_domain::{Client, ClientKey, Code, Fault, provider::ProviderId};

use crate::kept::decode_client;
use crate::ports::{ClientRow, Ledger, Vault, VaultKey};
use crate::world::{ClientSource, KnownProvider, World};

/// Whoever changes what is kept of clients, or begins to rely on it, takes turns.
pub(crate) type ClientTurn = tokio::sync::Mutex<()>;

/// The client with this id, for the moment of use.
///
/// # Errors
/// `ClientMissing` where none is here; `ClientMismatch` where only others are; the vault's faults.
pub(crate) async fn client_of(
    world: &World,
    provider: &KnownProvider,
    client_id: &str,
) -> Result<Client, Fault> {
    if let ClientSource::BuiltIn(client) = &provider.client
        && client.id == client_id
    {
        return Ok(client.clone());
    }
    let id = &provider.spec.id;
    match kept_client(&*world.vault, id, client_id).await? {
        Some(client) => Ok(client),
        None if has_another(world, provider, client_id).await => Err(Code::ClientMismatch.into()),
        None => Err(Code::ClientMissing.into()),
    }
}

/// The imported clients of a provider, the last used first: a consent uses one, and so does an import.
///
/// # Errors
/// The ledger's.
pub async fn clients_of(ledger: &dyn Ledger, provider: &ProviderId) -> Result<Vec<ClientRow>, Fault> {
    let accounts = ledger.rows().await?;
    let used = |client: &ClientRow| {
        let its = accounts
            .iter()
            .filter(|row| client.is(&row.provider, &row.client_id));
        its.map(|row| row.consented_at)
            .max()
            .max(Some(client.imported_at))
    };
    let mut clients = ledger.clients().await?;
    clients.retain(|client| client.provider == *provider);
    clients.sort_by_key(|client| (Reverse(used(client)), client.key()));
    Ok(clients)
}

/// What the vault keeps of it. It may be taken over from its earlier place meanwhile, so that its own is
/// looked at before and after.
async fn kept_client(
    vault: &dyn Vault,
    provider: &ProviderId,
    client_id: &str,
) -> Result<Option<Client>, Fault> {
    let own = VaultKey::Client(ClientKey::of(provider, client_id));
    for key in [&own, &VaultKey::OnlyClient(provider.clone()), &own] {
        match vault.read(key).await {
            Ok(text) => {
                let client = decode_client(&text)?;
                if client.id == client_id {
                    return Ok(Some(client));
                }
            }
            Err(fault) if lacks_item(fault.code) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(None)
}

async fn has_another(world: &World, provider: &KnownProvider, client_id: &str) -> bool {
    let clients = clients_of(&*world.ledger, &provider.spec.id).await;
    matches!(provider.client, ClientSource::BuiltIn(_))
        || clients.is_ok_and(|clients| clients.iter().any(|client| client.client_id != client_id))
}

/// A vault without any collection has no item either.
const fn lacks_item(code: Code) -> bool {
    matches!(code, Code::VaultItemMissing | Code::VaultEmpty)
}
