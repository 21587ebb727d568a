//! An encrypted file in place of the system's vault, where there is none: servers, minimal desktops. Only a
//! person's own choice makes it be used.
//!
//! The file holds two age files, one after the other (`format`): a key, sealed to the passphrase or to the
//! person's key file, and the items, sealed to that key. Deriving from a passphrase takes a second and much
//! memory, on purpose, and age does it anew for each file it writes; this way it is done once when the file is
//! opened, and a write costs a millisecond.
//!
//! No item is kept in memory, only the key, which age wipes. Each call reads the file anew, so that a file
//! that another program wrote, or that was put back from a backup, is seen at once. Reading needs no lock, as
//! the file is always replaced whole.

mod cabinet;
mod format;
mod items;

use std::{path::PathBuf, sync::Arc, time::Duration};

use async_trait::async_trait;
use evergrant_domain::{
    Code, Fault,
    secret::{Passphrase, VaultText},
};
use evergrant_engine::ports::{Vault, VaultKey};

use crate::sealing::Work;
use crate::vault::call::{Call, Calls};
use cabinet::Cabinet;

/// How long a call may take: a derivation on a slow computer, and the wait for another one that writes.
const PATIENCE: Duration = Duration::from_secs(30);

/// What opens the file.
#[derive(Clone, Debug)]
pub enum Opener {
    Passphrase(Passphrase),
    /// A key file, read when it is needed.
    KeyFile(PathBuf),
    /// Nobody gave any: every call says so.
    Nobody,
}

/// One file with the items of one profile.
///
/// Faults: `PassphraseMissing`, `PassphraseWrong`, `VaultFileDamaged`, `VaultFileBusy`, `DiskFull`,
/// `VaultDenied` where others could open the file or its folder. A file that is not there is an empty one,
/// and is made by the first write.
pub struct FileVault {
    cabinet: Arc<Cabinet>,
    calls: Calls,
}

impl FileVault {
    /// `path` is absolute; its folder is the owner's alone, and is made where there is none.
    pub fn new(path: impl Into<PathBuf>, opener: Opener) -> Self {
        Self::with_work(path, opener, Work::default())
    }

    /// `work` is for a file that is made; one that stands knows its own.
    pub fn with_work(path: impl Into<PathBuf>, opener: Opener, work: Work) -> Self {
        Self {
            cabinet: Arc::new(Cabinet::new(path.into(), opener, work)),
            calls: Calls::new(PATIENCE),
        }
    }

    async fn call<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Cabinet, &Call) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let cabinet = Arc::clone(&self.cabinet);
        let done = self.calls.run(PATIENCE, move |call| work(&cabinet, call)).await;
        // A disk that hangs; no vault is locked here.
        done.map_err(|fault| match fault.code {
            Code::VaultLocked => Code::VaultFileBusy.into(),
            _ => fault,
        })
    }
}

#[async_trait]
impl Vault for FileVault {
    async fn write(&self, key: &VaultKey, _label: &str, text: &VaultText) -> Result<(), Fault> {
        let (key, text) = (key.clone(), text.clone());
        self.call(move |cabinet, call| {
            cabinet.change(call, |items| {
                items.put(&key, text);
                true
            })
        })
        .await
    }

    async fn read(&self, key: &VaultKey) -> Result<VaultText, Fault> {
        let key = key.clone();
        let items = self.call(|cabinet, _| cabinet.items()).await?;
        items
            .get(&key)
            .cloned()
            .ok_or_else(|| Code::VaultItemMissing.into())
    }

    async fn delete(&self, key: &VaultKey) -> Result<(), Fault> {
        let key = key.clone();
        self.call(move |cabinet, call| cabinet.change(call, |items| items.remove(&key)))
            .await
    }

    async fn keys(&self) -> Result<Vec<VaultKey>, Fault> {
        let items = self.call(|cabinet, _| cabinet.items()).await?;
        Ok(items.keys().collect())
    }

    async fn ready(&self) -> Result<(), Fault> {
        self.call(|cabinet, _| cabinet.ready()).await
    }
}

#[cfg(all(test, unix))]
mod tests;
