//! With which client a consent is asked.

use evergrant_domain::{Client, ClientKey, Code, Fault};

use super::{client_of, clients_of, take_in};
use crate::world::{ClientSource, KnownProvider, World};

/// The client that a consent is wanted of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// The one that was used last.
    LastUsed,
    /// The one that a person chose.
    This(ClientKey),
    /// The one with this id, which the account has; where it is not here any more, the one that was used last.
    OfAccount(String),
}

/// The client to ask a consent with. Whoever calls this has the clients' turn.
///
/// # Errors
/// `ClientMissing`; the vault's and the ledger's faults.
pub(crate) async fn client_for(
    world: &World,
    provider: &KnownProvider,
    which: &Which,
) -> Result<Client, Fault> {
    match which {
        Which::LastUsed => last_used(world, provider).await,
        Which::This(key) => chosen(world, provider, key).await,
        Which::OfAccount(id) => match client_of(world, provider, id).await {
            Err(fault) if matches!(fault.code, Code::ClientMissing | Code::ClientMismatch) => {
                last_used(world, provider).await
            }
            client => client,
        },
    }
}

async fn last_used(world: &World, provider: &KnownProvider) -> Result<Client, Fault> {
    if let ClientSource::BuiltIn(client) = &provider.client {
        return Ok(client.clone());
    }
    let id = &provider.spec.id;
    let mut clients = clients_of(&*world.ledger, id).await?;
    if clients.is_empty() {
        // A ledger that was lost knows of none, and the vault may.
        take_in(world, &world.vault.keys().await?).await?;
        clients = clients_of(&*world.ledger, id).await?;
    }
    let newest = clients.first().ok_or(Code::ClientMissing)?;
    client_of(world, provider, &newest.client_id).await
}

async fn chosen(world: &World, provider: &KnownProvider, key: &ClientKey) -> Result<Client, Fault> {
    let clients = clients_of(&*world.ledger, &provider.spec.id).await?;
    let client = clients.iter().find(|client| client.key() == *key);
    let client = client.ok_or(Code::ClientMissing)?;
    client_of(world, provider, &client.client_id).await
}
