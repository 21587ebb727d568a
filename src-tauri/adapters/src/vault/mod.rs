//! The operating system's credential vault: Secret Service, Keychain, or Credential Manager.
//!
//! No secret is cached, and no failure: a vault that was away, locked or restarted is found again at
//! the next call. Each call runs on a thread of its own, so that one that hangs holds up nobody.
//!
//! A person is asked to unlock by `ready` and `write`, which somebody waits for. The other calls, of
//! which many happen by themselves, ask once; after a no they say that the vault is locked, until it
//! was open again.

pub(crate) mod call;
mod fault;
mod item;
#[cfg_attr(target_os = "linux", path = "secret_service/mod.rs")]
#[cfg_attr(target_os = "macos", path = "keychain.rs")]
#[cfg_attr(target_os = "windows", path = "credential_manager.rs")]
mod store;
#[cfg(target_os = "linux")]
mod trouble;
mod turns;
mod unchosen;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use evergrant_domain::{Code, Fault, secret::VaultText};
use evergrant_engine::ports::{Vault, VaultKey};

use call::{Call, Calls};
use item::Shelf;
#[cfg(target_os = "linux")]
use store::{Sign, Signs};
use turns::Turns;
pub use unchosen::Unchosen;

/// How long a call may take.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For calls that usually need nobody.
    pub ordinary: Duration,
    /// For calls during which a person may be typing a password.
    pub person: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            ordinary: Duration::from_secs(15),
            person: Duration::from_secs(90),
        }
    }
}

/// The vault of the person who runs this program, and the items kept there under one service name.
///
/// Source: freedesktop.org Secret Service API 0.2; Apple Keychain Services; Windows Credentials.
pub struct OsVault {
    shelf: Shelf,
    patience: Patience,
    calls: Calls,
    turns: Arc<Turns>,
    #[cfg(target_os = "linux")]
    trouble: trouble::Trouble,
}

impl OsVault {
    /// `service` keeps profiles apart: `evergrant` for real accounts, another for practice.
    pub fn new(service: &str) -> Self {
        Self::with_patience(service, Patience::default())
    }

    pub fn with_patience(service: &str, patience: Patience) -> Self {
        Self {
            shelf: Shelf::new(service),
            patience,
            // A little longer than any caller waits, who then says why it failed.
            calls: Calls::new(patience.person + Duration::from_secs(1)),
            turns: Arc::default(),
            #[cfg(target_os = "linux")]
            trouble: trouble::Trouble::default(),
        }
    }

    async fn call<T: Send + 'static>(
        &self,
        patience: Duration,
        work: impl FnOnce(&Shelf, &Call) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let items = self.shelf.clone();
        let heeded = move |call: &Call| {
            let answer = work(&items, call);
            if matches!(&answer, Err(fault) if fault.code == Code::VaultUnreachable) {
                store::hang_up();
            }
            answer
        };
        let answer = self.calls.run(patience, heeded).await;
        #[cfg(target_os = "linux")]
        if let Err(fault) = &answer {
            self.trouble.note(fault.code);
        }
        answer
    }

    /// Whether the vault is open now. Nobody is asked.
    #[cfg(target_os = "linux")]
    async fn looks_open(&self) -> bool {
        let looked = self.call(self.patience.ordinary, Shelf::looks_open).await;
        looked.unwrap_or(false)
    }
}

#[async_trait]
impl Vault for OsVault {
    async fn write(&self, key: &VaultKey, label: &str, text: &VaultText) -> Result<(), Fault> {
        let (key, label, text) = (key.clone(), label.to_owned(), text.clone());
        let turns = Arc::clone(&self.turns);
        self.call(self.patience.person, move |shelf, call| {
            turns.take(&key, || shelf.write(call, &key, &label, &text))
        })
        .await
    }

    async fn read(&self, key: &VaultKey) -> Result<VaultText, Fault> {
        let key = key.clone();
        self.call(self.patience.ordinary, move |shelf, call| shelf.read(call, &key))
            .await
    }

    async fn delete(&self, key: &VaultKey) -> Result<(), Fault> {
        let key = key.clone();
        let turns = Arc::clone(&self.turns);
        self.call(self.patience.ordinary, move |shelf, call| {
            turns.take(&key, || shelf.delete(call, &key))
        })
        .await
    }

    async fn keys(&self) -> Result<Vec<VaultKey>, Fault> {
        self.call(self.patience.ordinary, Shelf::keys).await
    }

    async fn ready(&self) -> Result<(), Fault> {
        self.call(self.patience.person, Shelf::ready).await
    }

    /// Keychain and Credential Manager tell nobody.
    #[cfg(target_os = "linux")]
    async fn mended(&self) {
        // Listened to before it is looked at, so that nothing happens in between.
        let Some(mut signs) = Signs::listen().await else {
            return Signs::bus_found().await;
        };
        if self.trouble.look_again().await && self.looks_open().await {
            return self.trouble.over();
        }
        loop {
            let mended = match signs.next().await {
                Sign::Mended => true,
                Sign::Changed => self.looks_open().await,
                Sign::BusGone => {
                    Signs::bus_found().await;
                    true
                }
            };
            if mended {
                return self.trouble.over();
            }
        }
    }
}
