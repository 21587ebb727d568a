use async_trait::async_trait;
use evergrant_domain::{
    AccountId, ClientKey, Fault, consent::AttemptId, provider::ProviderId, secret::VaultText,
};

/// Names an item of the vault: one an account, one a client, one a consent that is being finished.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum VaultKey {
    Account(AccountId),
    Client(ClientKey),
    /// The one client of a provider, as earlier versions kept it. Only read, and taken over.
    OnlyClient(ProviderId),
    Consent(AttemptId),
}

const ACCOUNT: &str = "account:";
const CLIENT: &str = "client:";
const CONSENT: &str = "consent:";

impl VaultKey {
    /// The item's name in a vault.
    pub fn name(&self) -> String {
        match self {
            Self::Account(id) => format!("{ACCOUNT}{}", id.as_str()),
            Self::Client(key) => format!("{CLIENT}{}", key.name()),
            Self::OnlyClient(provider) => format!("{CLIENT}{}", provider.as_str()),
            Self::Consent(attempt) => format!("{CONSENT}{}", attempt.as_str()),
        }
    }

    /// The key of this name; `None` for what is not ours.
    pub fn parse(name: &str) -> Option<Self> {
        let after = |kind| name.strip_prefix(kind);
        let account = after(ACCOUNT).and_then(AccountId::parse).map(Self::Account);
        let client = || after(CLIENT).and_then(ClientKey::parse).map(Self::Client);
        let only = || after(CLIENT).and_then(ProviderId::parse).map(Self::OnlyClient);
        let consent = || after(CONSENT).and_then(AttemptId::parse).map(Self::Consent);
        account.or_else(client).or_else(only).or_else(consent)
    }
}

/// Where secrets are kept: the operating system's credential vault, or an encrypted file that a person
/// chose instead. Every call is bounded in time.
///
/// Faults are those of the vault (`Code::is_of_the_vault` and its neighbours). Nothing is ever deleted
/// because a call failed.
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

    /// Every item there is, once each.
    async fn keys(&self) -> Result<Vec<VaultKey>, Fault>;

    /// Whether a write would work now; may ask the person to unlock. Leaves nothing behind.
    async fn ready(&self) -> Result<(), Fault>;

    /// Returns when a vault that did not work may work again: it was unlocked, or started. Returns too
    /// often rather than too seldom, and never where the vault cannot tell.
    async fn mended(&self) {
        std::future::pending::<()>().await;
    }
}
