use std::sync::Arc;

use async_trait::async_trait;
use evergrant_domain::{
    AccountId, Fault, Lease, ScopeSet,
    lifecycle::{Freshness, Standing},
    time::Seconds,
};

/// An account, as programs may know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub id: AccountId,
    pub provider: String,
    /// The address, or the subject where there is none.
    pub email: String,
    pub name: Option<String>,
    pub granted: ScopeSet,
    pub standing: Standing,
}

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    One(Arc<Account>),
    Nobody,
    Several(Vec<Arc<Account>>),
}

/// The accounts that can be served now.
#[async_trait]
pub trait Accounts: Send + Sync {
    /// Waits, within a bound, until the accounts are read.
    ///
    /// # Errors
    /// Why they cannot be.
    async fn ready(&self) -> Result<(), Fault>;

    fn all(&self) -> Vec<Arc<Account>>;

    /// By id, by address in any case, or by `provider:address`. Quick however many there are.
    fn find(&self, name: &str) -> Found;

    /// The kept lease for these scopes (none: the whole grant) if it serves this long. Waits for nothing;
    /// nothing is handed out any more once a disconnect began.
    fn kept(&self, account: &AccountId, scopes: &ScopeSet, at_least: Seconds) -> Option<Lease>;

    /// A lease for these scopes (none: the whole grant), kept or new. One refresh at a time for an account,
    /// however many ask.
    async fn lease(
        &self,
        account: &AccountId,
        scopes: &ScopeSet,
        freshness: Freshness,
    ) -> Result<Lease, Fault>;
}
