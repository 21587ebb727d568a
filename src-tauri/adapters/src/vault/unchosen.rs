use async_trait::async_trait;
use evergrant_domain::{Fault, secret::VaultText};
use evergrant_engine::ports::{Vault, VaultKey};

/// In place of a vault where it cannot be told which one a person chose: every call says why, and nothing is
/// ever kept elsewhere instead.
pub struct Unchosen(pub Fault);

#[async_trait]
impl Vault for Unchosen {
    async fn write(&self, _key: &VaultKey, _label: &str, _text: &VaultText) -> Result<(), Fault> {
        Err(self.0.clone())
    }

    async fn read(&self, _key: &VaultKey) -> Result<VaultText, Fault> {
        Err(self.0.clone())
    }

    async fn delete(&self, _key: &VaultKey) -> Result<(), Fault> {
        Err(self.0.clone())
    }

    async fn keys(&self) -> Result<Vec<VaultKey>, Fault> {
        Err(self.0.clone())
    }

    async fn ready(&self) -> Result<(), Fault> {
        Err(self.0.clone())
    }
}
