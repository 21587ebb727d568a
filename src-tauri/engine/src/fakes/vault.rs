use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use evergrant_domain::{Code, Fault, secret::VaultText};

use tokio::sync::Notify;

use super::{Call, Journal, Mood, locked};
use crate::ports::{Vault, VaultKey};

/// A vault in memory.
#[derive(Default)]
pub struct MemoryVault {
    pub ready: Mood,
    pub write: Mood,
    pub read: Mood,
    pub delete: Mood,
    pub list: Mood,
    unfaithful: AtomicBool,
    mended: Notify,
    items: Mutex<BTreeMap<VaultKey, VaultText>>,
    journal: Journal,
}

impl MemoryVault {
    pub fn new(journal: &Journal) -> Self {
        Self {
            journal: journal.clone(),
            ..Self::default()
        }
    }

    /// The next write of an account says that it worked, and keeps something else.
    pub fn unfaithful_next(&self) {
        self.unfaithful.store(true, Ordering::SeqCst);
    }

    /// Tells whoever waits that it may work again.
    pub fn tell_mended(&self) {
        self.mended.notify_waiters();
    }

    /// Puts an item there behind the engine's back.
    pub fn plant(&self, key: VaultKey, text: VaultText) {
        locked(&self.items).insert(key, text);
    }

    /// Loses an item behind the engine's back.
    pub fn lose(&self, key: &VaultKey) {
        locked(&self.items).remove(key);
    }

    /// Everything kept, to compare before and after.
    pub fn items(&self) -> BTreeMap<VaultKey, VaultText> {
        locked(&self.items).clone()
    }
}

#[async_trait]
impl Vault for MemoryVault {
    async fn write(&self, key: &VaultKey, _label: &str, text: &VaultText) -> Result<(), Fault> {
        self.journal.note(Call::VaultWrite(key.clone()));
        self.write.turn().await?;
        let account = matches!(key, VaultKey::Account(_));
        let kept = if account && self.unfaithful.swap(false, Ordering::SeqCst) {
            VaultText::new("something else")
        } else {
            text.clone()
        };
        locked(&self.items).insert(key.clone(), kept);
        Ok(())
    }

    async fn read(&self, key: &VaultKey) -> Result<VaultText, Fault> {
        self.journal.note(Call::VaultRead(key.clone()));
        self.read.turn().await?;
        let kept = locked(&self.items).get(key).cloned();
        kept.ok_or_else(|| Code::VaultItemMissing.into())
    }

    async fn delete(&self, key: &VaultKey) -> Result<(), Fault> {
        self.journal.note(Call::VaultDelete(key.clone()));
        self.delete.turn().await?;
        locked(&self.items).remove(key);
        Ok(())
    }

    async fn keys(&self) -> Result<Vec<VaultKey>, Fault> {
        self.journal.note(Call::VaultList);
        self.list.turn().await?;
        Ok(locked(&self.items).keys().cloned().collect())
    }

    async fn ready(&self) -> Result<(), Fault> {
        self.journal.note(Call::VaultReady);
        self.ready.turn().await
    }

    async fn mended(&self) {
        self.mended.notified().await;
    }
}

#[cfg(test)]
mod tests {
    #[tokio::test]
    async fn keeps_the_contract_of_a_vault() {
        crate::contract::vault(&super::MemoryVault::default()).await;
    }
}
