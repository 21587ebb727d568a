//! A refresh token and the client that it was given to, always together: no other client can refresh or revoke
//! it, whichever are here besides.

use evergrant_domain::{AccountId, Client, Fault, RefreshToken, ScopeSet};

use crate::clients::client_of;
use crate::kept::KeptGrant;
use crate::ports::Refreshed;
use crate::store::kept_grant;
use crate::world::{KnownProvider, World};

/// A rotated refresh token that the vault did not take yet: it is newer than the kept one, as long as that is
/// of the same client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unsaved {
    pub token: RefreshToken,
    pub client_id: String,
}

/// A refresh that worked.
pub(crate) struct Renewal {
    pub refreshed: Refreshed,
    /// The refresh token that the provider took.
    pub used: RefreshToken,
    /// The client that it is of.
    pub client_id: String,
    /// The vault says something else, or keeps an earlier one beside it that is done with now.
    pub unsettled: bool,
}

/// A token that can be refreshed or revoked, and by whom. The client is looked up by the id that stands beside
/// the token, and there is no other way to one.
pub(super) struct Granted<'a> {
    provider: &'a KnownProvider,
    client: Client,
    token: RefreshToken,
}

impl<'a> Granted<'a> {
    /// # Errors
    /// `ClientMissing`, `ClientMismatch`; the vault's.
    pub async fn to(
        world: &World,
        provider: &'a KnownProvider,
        client_id: &str,
        token: RefreshToken,
    ) -> Result<Self, Fault> {
        let client = client_of(world, provider, client_id).await?;
        Ok(Self {
            provider,
            client,
            token,
        })
    }

    /// Another token of the same grant.
    fn with(&self, token: RefreshToken) -> Self {
        Self {
            provider: self.provider,
            client: self.client.clone(),
            token,
        }
    }

    async fn refresh(&self, narrowed: Option<&ScopeSet>) -> Result<Refreshed, Fault> {
        let port = &self.provider.port;
        port.refresh(&self.client, &self.token, narrowed).await
    }

    /// # Errors
    /// The provider's.
    pub async fn revoke(&self) -> Result<(), Fault> {
        self.provider.port.revoke(&self.client, &self.token).await
    }
}

/// Refreshes what is kept of an account. A new token that does not work yet, or whose answer was lost, has one
/// before it: that is tried once.
///
/// # Errors
/// The vault's and the provider's; `ClientMissing`, `ClientMismatch`.
pub(super) async fn renew(
    world: &World,
    provider: &KnownProvider,
    id: &AccountId,
    scopes: &ScopeSet,
    unsaved: Option<Unsaved>,
) -> Result<Renewal, Fault> {
    let kept = kept_grant(&*world.vault, id).await?;
    let (newest, earlier) = newest_first(&kept, unsaved);
    let newest = Granted::to(world, provider, &kept.client_id, newest).await?;
    let earlier = earlier.map(|earlier| newest.with(earlier));
    let narrowed = (!scopes.is_empty()).then_some(scopes);
    let (refreshed, used) = match (newest.refresh(narrowed).await, earlier) {
        (Err(dead), Some(earlier)) if dead.code.ends_grant() => match earlier.refresh(narrowed).await {
            Ok(refreshed) => (refreshed, earlier.token),
            Err(fault) if fault.code.ends_grant() => return Err(dead),
            // Whether it works is not known yet, and nothing is given up.
            Err(fault) => return Err(fault),
        },
        (refreshed, _) => (refreshed?, newest.token),
    };
    Ok(Renewal {
        refreshed,
        unsettled: used != kept.refresh_token || kept.previous.is_some(),
        used,
        client_id: kept.client_id,
    })
}

/// One that the vault did not take yet counts only where it is of the same client: after a consent to another
/// one, it belongs to what was before.
fn newest_first(kept: &KeptGrant, unsaved: Option<Unsaved>) -> (RefreshToken, Option<RefreshToken>) {
    match unsaved.filter(|unsaved| unsaved.client_id == kept.client_id) {
        Some(unsaved) => (unsaved.token, Some(kept.refresh_token.clone())),
        None => (kept.refresh_token.clone(), kept.previous.clone()),
    }
}
