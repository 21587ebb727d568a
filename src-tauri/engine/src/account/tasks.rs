//! The slow things a worker has running beside it. Each ends in a `Done` and is bounded by its port.

use std::sync::Arc;
use std::time::Duration;

use evergrant_domain::{
    AccountId, Client, Code, Fault, Person, RefreshToken, ScopeSet,
    lifecycle::{Epoch, Reach},
};

use crate::clients::client_of;
use crate::consent::ConsentNote;
use crate::event::TestLine;
use crate::kept::KeptGrant;
use crate::ports::{Refreshed, VaultKey};
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

/// A refresh that worked.
pub(crate) struct Renewal {
    pub refreshed: Refreshed,
    /// The refresh token that the provider took.
    pub used: RefreshToken,
    /// The vault says something else, or keeps an earlier one beside it that is done with now.
    pub unsettled: bool,
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
    /// `unsaved` is a rotated token that the vault did not take yet: it is newer than the kept one.
    pub async fn refresh(self, epoch: Epoch, scopes: ScopeSet, unsaved: Option<RefreshToken>) -> Done {
        let renewed = self.renew(&scopes, unsaved).await.map(Box::new);
        Done::Refreshed(epoch, scopes, renewed)
    }

    /// A new token that does not work yet, or whose answer was lost, has one before it: that is tried once.
    async fn renew(&self, scopes: &ScopeSet, unsaved: Option<RefreshToken>) -> Result<Renewal, Fault> {
        let client = client_of(&self.world, &self.provider).await?;
        let kept = self.grant_to(&client).await?;
        let narrowed = (!scopes.is_empty()).then_some(scopes);
        let (newest, earlier) = match unsaved {
            Some(unsaved) => (unsaved, Some(kept.refresh_token.clone())),
            None => (kept.refresh_token.clone(), kept.previous.clone()),
        };
        let port = &self.provider.port;
        let (refreshed, used) = match (port.refresh(&client, &newest, narrowed).await, earlier) {
            (Err(dead), Some(earlier)) if dead.code.ends_grant() => {
                match port.refresh(&client, &earlier, narrowed).await {
                    Ok(refreshed) => (refreshed, earlier),
                    Err(fault) if fault.code.ends_grant() => return Err(dead),
                    // Whether it works is not known yet, and nothing is given up.
                    Err(fault) => return Err(fault),
                }
            }
            (refreshed, _) => (refreshed?, newest),
        };
        Ok(Renewal {
            refreshed,
            unsettled: used != kept.refresh_token || kept.previous.is_some(),
            used,
        })
    }

    pub async fn revoke(self, epoch: Epoch, unsaved: Option<RefreshToken>, watched: Watched) -> Done {
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
    async fn revoke_all(&self, turn: &RevokeTurn, unsaved: Option<RefreshToken>) -> Result<(), Fault> {
        let client = client_of(&self.world, &self.provider).await?;
        for note in self.consents().await? {
            if let Some(brought) = &note.brought {
                self.revoke_one(turn, &client, &brought.token).await?;
            }
            ConsentNote::throw_away(&*self.world.vault, &note.attempt).await;
        }
        let kept = self.grant_to(&client).await?;
        let tokens = [unsaved, Some(kept.refresh_token), kept.previous];
        for token in tokens.into_iter().flatten() {
            self.revoke_one(turn, &client, &token).await?;
        }
        Ok(())
    }

    async fn revoke_one(
        &self,
        turn: &RevokeTurn,
        client: &Client,
        token: &RefreshToken,
    ) -> Result<(), Fault> {
        let answer = self.provider.port.revoke(client, token).await;
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

    /// A grant serves only the client that it was given to.
    async fn grant_to(&self, client: &Client) -> Result<KeptGrant, Fault> {
        let kept = kept_grant(&*self.world.vault, &self.id).await?;
        if kept.client_id == client.id {
            Ok(kept)
        } else {
            Err(Code::ClientMismatch.into())
        }
    }
}
