use async_trait::async_trait;
use evergrant_domain::{AccountId, Fault, provider::ProviderId, secret::VaultText};

/// Names an item of the vault: one an account, one a client.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum VaultKey {
    Account(AccountId),
    Client(ProviderId),
}

/// The operating system's credential vault. Every call is bounded in time.
///
/// Faults are those named `Vault…`. Nothing is ever deleted because a call failed.
#[async_trait]
pub trait Vault: Send + Sync {
    /// Writes an item, replacing what stood under the key. `label` is what people see in the
    /// vault's own program.
    async fn write(&self, key: &VaultKey, label: &str, text: &VaultText) -> Result<(), Fault>;

    /// Reads an item.
    ///
    /// # Errors
    /// `VaultItemMissing` when there is none.
    async fn read(&self, key: &VaultKey) -> Result<VaultText, Fault>;

    /// Deletes an item; fine when there is none.
    async fn delete(&self, key: &VaultKey) -> Result<(), Fault>;

    /// The accounts that have an item.
    async fn accounts(&self) -> Result<Vec<AccountId>, Fault>;

    /// Whether a write would work now; may ask the person to unlock. Leaves nothing behind.
    async fn ready(&self) -> Result<(), Fault>;
}
