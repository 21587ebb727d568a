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
use crate::turns::landed;

/// Tries to give a grant back, and the pause before each further one.
const TRIES: u32 = 3;
const PAUSE: Duration = Duration::from_secs(2);

/// Ends a grant that nobody wants. Where that cannot be done now, the note of its consent keeps what it
/// takes to do it.
pub(super) async fn give_back(
    shared: &Shared,
    port: &dyn Provider,
    client: &Client,
    grant: &Grant,
    note: Option<ConsentNote>,
) {
    let vault = &*shared.world.vault;
    let came_of_it = match (&grant.refresh_token, &note) {
        (None, _) => GivenBack::Ended,
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
    if came_of_it == GivenBack::Ended
        && let Some(note) = note
    {
        ConsentNote::throw_away(vault, &note.attempt).await;
    }
}

/// What came of giving a grant back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GivenBack {
    Ended,
    /// Its account is here, and a disconnect of that ends it too: until then its note stays.
    WithItsAccount,
    /// The network or the provider keeps it from being ended now.
    NotYet,
}

/// What this computer has of the account whose grant is given back.
enum Account {
    /// As an account, or in the vault alone, where the ledger forgot it.
    Kept,
    /// It is being ended everywhere. Its own revoke may take this grant along, and may yet be taken back.
    Leaving,
    Nowhere,
}

/// A grant that nobody wants.
pub(super) struct Unwanted<'a> {
    pub subject: &'a Subject,
    /// How people know whose it is.
    pub label: &'a str,
    pub token: &'a RefreshToken,
}

impl Unwanted<'_> {
    /// Ends it at its provider.
    ///
    /// A revoke ends every grant of the account, so it is only for accounts that are not kept here.
    pub async fn give_back(&self, shared: &Shared, port: &dyn Provider, client: &Client) -> GivenBack {
        for attempt in 0..TRIES {
            if attempt > 0 {
                tokio::time::sleep(PAUSE).await;
            }
            let turns = &shared.accounts.turns;
            let turn = turns.revoke().await;
            match self.whereabouts(shared).await {
                Account::Kept => return GivenBack::WithItsAccount,
                Account::Leaving => continue,
                Account::Nowhere => {}
            }
            let answer = port.revoke(client, self.token).await;
            if landed(&answer) {
                turns.note_revoked(&turn, &AccountId::of(self.subject));
            }
            if answer.is_ok() {
                self.clear_away(shared).await;
                let label = self.label.to_owned();
                let _ = shared.events.send(Event::GrantReturned { label });
                return GivenBack::Ended;
            }
        }
        GivenBack::NotYet
    }

    async fn whereabouts(&self, shared: &Shared) -> Account {
        let id = AccountId::of(self.subject);
        let standing = shared.accounts.status(&id).map(|status| status.standing);
        if standing == Some(Standing::Disconnecting(Reach::Everywhere)) {
            return Account::Leaving;
        }
        if shared.accounts.held(self.subject) != Held::Nothing {
            return Account::Kept;
        }
        let kept = kept_grant(&*shared.world.vault, &id).await;
        if kept.is_ok_and(|kept| kept.refresh_token != *self.token) {
            Account::Kept
        } else {
            Account::Nowhere
        }
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
