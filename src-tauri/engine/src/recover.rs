//! Finds accounts that the vault keeps and the ledger forgot.

use evergrant_domain::{AccountId, Code, Fault, Person, ScopeSet, lifecycle::Standing};

use crate::account::Beginning;
use crate::consent::Shared;
use crate::event::Event;
use crate::kept::KeptGrant;
use crate::ports::{Row, VaultKey};
use crate::store::kept_grant;

/// Takes back every account that is only in the vault, which has these items.
pub(crate) async fn accounts_only_in_the_vault(shared: &Shared, keys: &[VaultKey]) {
    let mut found = 0;
    for key in keys {
        let VaultKey::Account(id) = key else { continue };
        if shared.accounts.get(id).is_ok() {
            continue;
        }
        match take_back(shared, id).await {
            Ok(()) => found += 1,
            // The attempt that wrote it is still under way, or its provider is not configured now.
            Err(fault) => {
                tracing::info!(code = fault.code.as_str(), "a vault item was left as it is");
            }
        }
    }
    if found > 0 {
        let _ = shared.events.send(Event::Found { count: found });
    }
}

async fn take_back(shared: &Shared, id: &AccountId) -> Result<(), Fault> {
    let world = &shared.world;
    let kept = kept_grant(&*world.vault, id).await?;
    if AccountId::of(&kept.subject) != *id {
        return Err(Code::VaultItemDamaged.into());
    }
    let provider = world.provider(&kept.provider)?;
    let row = row_of(kept, id.clone(), world.clock.now());
    world.ledger.save(&row).await?;
    if shared.accounts.get(id).is_err() {
        shared
            .accounts
            .begin(world, &provider, row, Beginning::Resumed, &shared.events);
    }
    Ok(())
}

/// What is not in the vault comes back with the first refresh or test.
fn row_of(kept: KeptGrant, id: AccountId, now: evergrant_domain::Timestamp) -> Row {
    Row {
        id,
        provider: kept.provider,
        client_id: kept.client_id,
        person: Person {
            subject: kept.subject,
            email: kept.email,
            name: None,
            picture: None,
            organisation: None,
        },
        asked: ScopeSet::default(),
        granted: ScopeSet::default(),
        standing: Standing::Connected,
        connected_since: now,
        last_checked: None,
        grant_ends_at: None,
        consents: 1,
        consented_at: now,
        last_used: None,
        stopped_at: None,
        rotates: false,
    }
}
