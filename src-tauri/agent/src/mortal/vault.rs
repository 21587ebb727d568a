use std::sync::Arc;

use async_trait::async_trait;
use evergrant_domain::{Fault, secret::VaultText};
use evergrant_engine::ports::{Vault, VaultKey};

use super::fate::Shared;
use super::step::Step;

pub struct Mortal {
    vault: Arc<dyn Vault>,
    fate: Shared,
}

impl Mortal {
    pub fn new(vault: Arc<dyn Vault>, fate: Shared) -> Self {
        Self { vault, fate }
    }
}

#[async_trait]
impl Vault for Mortal {
    async fn write(&self, key: &VaultKey, label: &str, text: &VaultText) -> Result<(), Fault> {
        let call = self.vault.write(key, label, text);
        self.fate.around(Step::VaultWrite, call).await
    }

    async fn read(&self, key: &VaultKey) -> Result<VaultText, Fault> {
        self.fate.around(Step::VaultRead, self.vault.read(key)).await
    }

    async fn delete(&self, key: &VaultKey) -> Result<(), Fault> {
        self.fate.around(Step::VaultDelete, self.vault.delete(key)).await
    }

    async fn keys(&self) -> Result<Vec<VaultKey>, Fault> {
        self.fate.around(Step::VaultKeys, self.vault.keys()).await
    }

    async fn ready(&self) -> Result<(), Fault> {
        self.vault.ready().await
    }

    async fn mended(&self) {
        self.vault.mended().await;
    }
}
