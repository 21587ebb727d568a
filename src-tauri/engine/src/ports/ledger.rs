use async_trait::async_trait;
use evergrant_domain::{
    AccountId, Fault, Person, ScopeSet, Timestamp, lifecycle::Standing, provider::ProviderId,
};

/// What is known of an account, none of it secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub id: AccountId,
    pub provider: ProviderId,
    /// The client the grant was given to; a refresh token serves no other.
    pub client_id: String,
    pub person: Person,
    pub asked: ScopeSet,
    /// As the provider last answered.
    pub granted: ScopeSet,
    pub standing: Standing,
    pub connected_since: Timestamp,
    /// The last time the provider confirmed the grant.
    pub last_checked: Option<Timestamp>,
    /// When the grant ends by itself, where the provider said so.
    pub grant_ends_at: Option<Timestamp>,
    /// Consents given to this client so far; Google keeps 100 refresh tokens alive.
    pub consents: u32,
    /// When the newest consent was given; `connected_since` is that of the first.
    pub consented_at: Timestamp,
    /// The last time a program was given a lease, give or take an hour.
    pub last_used: Option<Timestamp>,
    /// When the account stopped, while it is stopped.
    pub stopped_at: Option<Timestamp>,
    /// The provider has changed the refresh token at a refresh before.
    pub rotates: bool,
}

/// The durable list of accounts. A call that returned is on the disk.
///
/// Faults: `DiskFull`, `LedgerFailed`.
#[async_trait]
pub trait Ledger: Send + Sync {
    async fn rows(&self) -> Result<Vec<Row>, Fault>;
    /// Inserts or replaces the row with this id.
    async fn save(&self, row: &Row) -> Result<(), Fault>;
    /// Removes a row; fine when there is none.
    async fn remove(&self, id: &AccountId) -> Result<(), Fault>;
    /// A small setting, such as the answer to a question asked once.
    async fn setting(&self, name: &str) -> Result<Option<String>, Fault>;
    async fn set_setting(&self, name: &str, value: &str) -> Result<(), Fault>;
}
