//! The slow things a worker has running beside it. Each ends in a `Done` and is bounded by its port.

use std::sync::Arc;
use std::time::Duration;

use evergrant_domain::{
    AccountId, Fault, Person, RefreshToken, ScopeSet,
    lifecycle::{Epoch, Reach},
};

use super::granted::{Granted, Renewal, Unsaved, renew};
use crate::consent::ConsentNote;
use crate::event::TestLine;
use crate::ports::VaultKey;
use crate::store::kept_grant;
use crate::turns::{RevokeTurn, Turns, landed};
use crate::world::{KnownProvider, World};

pub(crate) enum Done {
    /// With the scopes it was asked for; none are the whole grant.
    Refreshed(Epoch, ScopeSet, Result<Box<Renewal>, Fault>),
    /// Its turn ends once this has been dealt with.
    Revoked(Epoch, RevokeTurn, Result<(), Fault>),
    Forgotten(Epoch, Result<(), Fault>),
    PauseOver(Epoch),
    Examined(Vec<TestLine>, Option<Person>),
    Freshened(Result<evergrant_domain::Lease, Fault>),
    /// The picture was fetched, or could not be; both are fine.
    Pictured,
}

/// Whether somebody has pressed a button and looks on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Watched {
    ByAPerson,
    ByNobody,
}

/// What a task needs of its account.
#[derive(Clone)]
pub(crate) struct Subject {
    pub world: Arc<World>,
    pub provider: Arc<KnownProvider>,
    pub turns: Arc<Turns>,
    pub id: AccountId,
}

impl Subject {
    pub async fn refresh(self, epoch: Epoch, scopes: ScopeSet, unsaved: Option<Unsaved>) -> Done {
        let renewed = renew(&self.world, &self.provider, &self.id, &scopes, unsaved).await;
        Done::Refreshed(epoch, scopes, renewed.map(Box::new))
    }

    pub async fn revoke(self, epoch: Epoch, unsaved: Option<Unsaved>, watched: Watched) -> Done {
        let opened = self.opened(watched).await;
        let turn = self.turns.revoke().await;
        let revoked = match opened {
            Ok(()) => self.revoke_all(&turn, unsaved).await,
            Err(fault) => Err(fault),
        };
        Done::Revoked(epoch, turn, revoked)
    }

    /// Whoever waits for this may be asked to unlock the vault; nobody else is.
    async fn opened(&self, watched: Watched) -> Result<(), Fault> {
        match watched {
            Watched::ByAPerson => self.world.vault.ready().await,
            Watched::ByNobody => Ok(()),
        }
    }

    /// Whichever of its tokens lives, has to end; one that is gone already counts as ended.
    async fn revoke_all(&self, turn: &RevokeTurn, unsaved: Option<Unsaved>) -> Result<(), Fault> {
        for note in self.consents().await? {
            if let Some(brought) = note.brought {
                self.revoke_one(turn, &note.client_id, brought.token).await?;
            }
            ConsentNote::throw_away(&*self.world.vault, &note.attempt).await;
        }
        if let Some(unsaved) = unsaved {
            self.revoke_one(turn, &unsaved.client_id, unsaved.token).await?;
        }
        let kept = kept_grant(&*self.world.vault, &self.id).await?;
        for token in [Some(kept.refresh_token), kept.previous].into_iter().flatten() {
            self.revoke_one(turn, &kept.client_id, token).await?;
        }
        Ok(())
    }

    async fn revoke_one(&self, turn: &RevokeTurn, client_id: &str, token: RefreshToken) -> Result<(), Fault> {
        let granted = Granted::to(&self.world, &self.provider, client_id, token).await?;
        let answer = granted.revoke().await;
        if landed(&answer) {
            self.turns.note_revoked(turn, &self.id);
        }
        answer
    }

    /// Vault first: as long as the row is there, a half-done deletion is seen and goes on.
    ///
    /// What is noted of consents is still to be ended, where the person has not left it to the provider.
    pub async fn forget(self, epoch: Epoch, reach: Reach, watched: Watched) -> Done {
        let key = VaultKey::Account(self.id.clone());
        let forgotten = async {
            self.opened(watched).await?;
            if reach == Reach::ThisComputer {
                for note in self.consents().await? {
                    ConsentNote::throw_away(&*self.world.vault, &note.attempt).await;
                }
            }
            self.world.vault.delete(&key).await?;
            self.world.history.forget(&self.id).await?;
            self.world.ledger.remove(&self.id).await?;
            self.world.pictures.remove(&self.id);
            Ok(())
        };
        Done::Forgotten(epoch, forgotten.await)
    }

    pub async fn pause(epoch: Epoch, length: Duration) -> Done {
        tokio::time::sleep(length).await;
        Done::PauseOver(epoch)
    }

    pub async fn picture(self, address: String) -> Done {
        match self.provider.port.picture(&address).await {
            Ok(picture) => {
                if let Err(fault) = self.world.pictures.save(&self.id, &picture) {
                    tracing::debug!(code = fault.code.as_str(), "picture not kept");
                }
            }
            Err(fault) => tracing::debug!(code = fault.code.as_str(), "picture not fetched"),
        }
        Done::Pictured
    }

    /// Those that brought further grants of this account, which nobody wanted.
    async fn consents(&self) -> Result<Vec<ConsentNote>, Fault> {
        let issuer = &self.provider.spec.issuer;
        ConsentNote::all_of(&*self.world.vault, issuer, &self.id).await
    }
}
