use std::time::Duration;

use evergrant_domain::{
    AccountId, Client, Grant, RefreshToken, Subject,
    consent::attempt::Held,
    lifecycle::{Reach, Standing},
};

use super::{Shared, note::ConsentNote};
use crate::event::Event;
use crate::ports::{Provider, VaultKey};
use crate::store::kept_grant;

/// Tries to give a grant back, and the pause before each further one.
const TRIES: u32 = 3;
const PAUSE: Duration = Duration::from_secs(2);

/// Ends a grant that nobody wants. Where that cannot be done now, the note of its consent keeps what the
/// next start needs to do it.
pub(super) async fn give_back(
    shared: &Shared,
    port: &dyn Provider,
    client: &Client,
    grant: &Grant,
    note: Option<ConsentNote>,
) {
    let vault = &*shared.world.vault;
    let given_back = match (&grant.refresh_token, &note) {
        (None, _) => true,
        (Some(token), note) => {
            if let Some(note) = note {
                note.will_be_given_back(vault, &grant.person.subject, token).await;
            }
            let unwanted = Unwanted {
                subject: &grant.person.subject,
                label: grant.person.label(),
                token,
            };
            unwanted.give_back(shared, port, client).await
        }
    };
    if given_back && let Some(note) = note {
        ConsentNote::throw_away(vault, &note.attempt).await;
    }
}

/// A grant that nobody wants.
pub(super) struct Unwanted<'a> {
    pub subject: &'a Subject,
    /// How people know whose it is.
    pub label: &'a str,
    pub token: &'a RefreshToken,
}

impl Unwanted<'_> {
    /// Ends it at its provider; `false` where that cannot be done now.
    ///
    /// A revoke ends every grant of the account, so it is only for accounts that are not kept here.
    pub async fn give_back(&self, shared: &Shared, port: &dyn Provider, client: &Client) -> bool {
        for attempt in 0..TRIES {
            if attempt > 0 {
                tokio::time::sleep(PAUSE).await;
            }
            if self.is_kept(shared).await {
                return true;
            }
            if port.revoke(client, self.token).await.is_ok() {
                self.clear_away(shared).await;
                let label = self.label.to_owned();
                let _ = shared.events.send(Event::GrantReturned { label });
                return true;
            }
        }
        false
    }

    /// Kept as an account, or in the vault alone, where the ledger forgot it.
    async fn is_kept(&self, shared: &Shared) -> bool {
        let here = shared.accounts.get(&AccountId::of(self.subject));
        let standing = here.ok().map(|account| account.status().standing);
        // What is being ended everywhere keeps nothing: this grant has to end with it.
        if standing == Some(Standing::Disconnecting(Reach::Everywhere)) {
            return false;
        }
        if shared.accounts.held(self.subject) != Held::Nothing {
            return true;
        }
        let kept = kept_grant(&*shared.world.vault, &AccountId::of(self.subject)).await;
        kept.is_ok_and(|kept| kept.refresh_token != *self.token)
    }

    /// A grant that was stored half-way would come back as an account at the next start.
    async fn clear_away(&self, shared: &Shared) {
        let id = AccountId::of(self.subject);
        let vault = &*shared.world.vault;
        let kept = kept_grant(vault, &id).await;
        if kept.is_ok_and(|kept| kept.refresh_token == *self.token)
            && let Err(fault) = vault.delete(&VaultKey::Account(id)).await
        {
            let code = fault.code.as_str();
            tracing::warn!(code, "a returned grant is still in the vault");
        }
    }
}
