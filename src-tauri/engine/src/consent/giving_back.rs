use std::time::Duration;

use evergrant_domain::{AccountId, Client, Grant, RefreshToken, consent::attempt::Held};

use super::{Errand, Shared};
use crate::event::Event;
use crate::ports::VaultKey;
use crate::store::kept_grant;

/// Tries to give a grant back, and the pause before each further one.
const TRIES: u32 = 3;
const PAUSE: Duration = Duration::from_secs(2);

/// Ends a grant that nobody wants at its provider.
///
/// A revoke ends every grant of the account, so it is only for accounts that are not kept here.
pub(super) async fn give_back(shared: Shared, errand: Errand, client: Client, grant: Grant) {
    let Some(token) = grant.refresh_token.as_ref() else {
        return;
    };
    for attempt in 0..TRIES {
        if attempt > 0 {
            tokio::time::sleep(PAUSE).await;
        }
        if is_kept(&shared, &grant, token).await {
            return;
        }
        if errand.provider.port.revoke(&client, token).await.is_ok() {
            clear_away(&shared, &grant, token).await;
            let label = grant.person.label().to_owned();
            let _ = shared.events.send(Event::GrantReturned { label });
            return;
        }
    }
}

/// Kept as an account, or in the vault alone, where the ledger forgot it.
async fn is_kept(shared: &Shared, grant: &Grant, token: &RefreshToken) -> bool {
    let subject = &grant.person.subject;
    if shared.accounts.held(subject) != Held::Nothing {
        return true;
    }
    let kept = kept_grant(&*shared.world.vault, &AccountId::of(subject)).await;
    kept.is_ok_and(|kept| kept.refresh_token != *token)
}

/// A grant that was stored half-way would come back as an account at the next start.
async fn clear_away(shared: &Shared, grant: &Grant, token: &RefreshToken) {
    let id = AccountId::of(&grant.person.subject);
    let vault = &*shared.world.vault;
    let kept = kept_grant(vault, &id).await;
    if kept.is_ok_and(|kept| kept.refresh_token == *token)
        && let Err(fault) = vault.delete(&VaultKey::Account(id)).await
    {
        tracing::warn!(
            code = fault.code.as_str(),
            "a returned grant is still in the vault"
        );
    }
}
