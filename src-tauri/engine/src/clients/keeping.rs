//! What a person does with clients: import, call by a name, remove.

use std::collections::BTreeMap;

use evergrant_domain::{AccountId, Client, ClientKey, Code, Fault, provider::ProviderId};

use super::take_in;
use crate::consent::ConsentNote;
use crate::kept::encode_client;
use crate::ports::{ClientRow, VaultKey};
use crate::store::{keep_item, kept_grant};
use crate::world::World;

/// The longest name a person can give, in characters.
const LONGEST_NAME: usize = 60;

/// What people see in the system's own program for its vault.
pub fn client_label(provider: &ProviderId, client_id: &str) -> String {
    format!("Evergrant: client {client_id} of {}", provider.as_str())
}

/// Keeps an imported client in the vault, and what is no secret in the ledger. One with the same id takes the
/// place of what was kept, with its name; any other stands beside those that are there. A person waits for it,
/// and may be asked to unlock. Whoever calls this has the clients' turn.
///
/// # Errors
/// The vault's and the ledger's; what was kept before is kept still.
pub(crate) async fn keep(
    world: &World,
    provider: &ProviderId,
    client: &Client,
    project: Option<&str>,
) -> Result<(), Fault> {
    let key = ClientKey::of(provider, &client.id);
    let label = client_label(provider, &client.id);
    world.vault.ready().await?;
    let text = encode_client(client);
    keep_item(&*world.vault, &VaultKey::Client(key.clone()), &label, &text).await?;
    let known = world.ledger.client(&key).await?;
    let (name, earlier) = known.map_or((None, None), |known| (known.name, known.project));
    let row = ClientRow {
        provider: provider.clone(),
        client_id: client.id.clone(),
        project: project.map(str::to_owned).or(earlier),
        name,
        imported_at: world.clock.now(),
    };
    world.ledger.save_client(&row).await
}

/// Calls a client as the person does; with nothing in it, by its project again.
///
/// # Errors
/// `ClientMissing`; the ledger's.
pub(crate) async fn rename(world: &World, key: &ClientKey, name: &str) -> Result<(), Fault> {
    let known = world.ledger.client(key).await?.ok_or(Code::ClientMissing)?;
    let plain: String = name.chars().filter(|letter| !letter.is_control()).collect();
    let plain: String = plain.trim().chars().take(LONGEST_NAME).collect();
    let name = (!plain.is_empty()).then_some(plain);
    world.ledger.save_client(&ClientRow { name, ..known }).await
}

/// Removes a client that nobody needs; fine when there is none. The vault comes first: as long as the row is
/// there, a half-done removal is seen, and goes on when it is asked for again. Whoever calls this has the
/// clients' turn.
///
/// # Errors
/// `ClientInUse` with the accounts that need it; the vault's and the ledger's.
pub(crate) async fn remove(world: &World, key: &ClientKey) -> Result<(), Fault> {
    let Some(client) = world.ledger.client(key).await? else {
        return Ok(());
    };
    world.vault.ready().await?;
    let items = world.vault.keys().await?;
    // Else it would come back from its earlier place.
    take_in(world, &items).await?;
    let accounts = accounts_of(world, &client, &items).await?;
    if !accounts.is_empty() {
        return Err(Fault::with_detail(Code::ClientInUse, &accounts.join(", ")));
    }
    if is_awaited(world, &client, &items).await? {
        return Err(Code::ClientInUse.into());
    }
    world.vault.delete(&VaultKey::Client(key.clone())).await?;
    world.ledger.remove_client(&client).await
}

/// The accounts with a grant of this client, by their labels. The vault has the last word: a row can be a
/// step behind it.
async fn accounts_of(world: &World, client: &ClientRow, items: &[VaultKey]) -> Result<Vec<String>, Fault> {
    let mut labels: BTreeMap<AccountId, String> = BTreeMap::new();
    for row in world.ledger.rows().await? {
        if client.is(&row.provider, &row.client_id) {
            labels.insert(row.id.clone(), row.person.label().to_owned());
        }
    }
    for key in items {
        let VaultKey::Account(id) = key else { continue };
        match kept_grant(&*world.vault, id).await {
            Ok(kept) if client.is(&kept.provider, &kept.client_id) => {
                let label = kept.email.unwrap_or(kept.subject.sub);
                labels.entry(id.clone()).or_insert(label);
            }
            Ok(_) => {}
            Err(fault) if matches!(fault.code, Code::VaultItemMissing | Code::VaultItemDamaged) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(labels.into_values().collect())
}

/// A consent that was given to it is not finished, or what it brought is yet to be ended.
async fn is_awaited(world: &World, client: &ClientRow, items: &[VaultKey]) -> Result<bool, Fault> {
    for key in items {
        let VaultKey::Consent(attempt) = key else { continue };
        let note = ConsentNote::read(&*world.vault, attempt).await?;
        if note.is_some_and(|note| client.is(&note.provider, &note.client_id)) {
            return Ok(true);
        }
    }
    Ok(false)
}
