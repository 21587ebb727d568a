//! Ends the program between two instructions: after so many calls to a port, none is answered any more.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use async_trait::async_trait;
use evergrant_domain::{AccountId, Fault, secret::VaultText};
use evergrant_engine::ports::{ClientRow, Ledger, Row, Vault, VaultKey};

const UNSET: u32 = u32::MAX;
const BLOWN: u32 = 0;

/// Counts the calls that are left.
#[derive(Clone)]
pub struct Fuse(Arc<AtomicU32>);

impl Fuse {
    pub fn unset() -> Self {
        Self(Arc::new(AtomicU32::new(UNSET)))
    }

    /// It blows before (even) or after (odd) the work of a call: the third call's is 4 or 5.
    pub fn set(&self, steps: u8) {
        self.0.store(u32::from(steps) + 1, Ordering::SeqCst);
    }

    pub fn remove(&self) {
        self.0.store(UNSET, Ordering::SeqCst);
    }

    pub fn is_blown(&self) -> bool {
        self.0.load(Ordering::SeqCst) == BLOWN
    }

    /// Goes on, or never.
    pub async fn pass(&self) {
        let step = |left| (left != UNSET && left != BLOWN).then(|| left - 1);
        let _ = self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, step);
        if self.is_blown() {
            std::future::pending::<()>().await;
        }
    }

    /// The work between two steps.
    pub async fn around<T>(&self, work: impl Future<Output = T>) -> T {
        self.pass().await;
        let done = work.await;
        self.pass().await;
        done
    }
}

/// A port with a fuse before it.
pub struct Fused<T: ?Sized> {
    pub fuse: Fuse,
    pub port: Arc<T>,
}

#[async_trait]
impl<T: Vault + ?Sized> Vault for Fused<T> {
    async fn write(&self, key: &VaultKey, label: &str, text: &VaultText) -> Result<(), Fault> {
        self.fuse.around(self.port.write(key, label, text)).await
    }

    async fn read(&self, key: &VaultKey) -> Result<VaultText, Fault> {
        self.fuse.around(self.port.read(key)).await
    }

    async fn delete(&self, key: &VaultKey) -> Result<(), Fault> {
        self.fuse.around(self.port.delete(key)).await
    }

    async fn keys(&self) -> Result<Vec<VaultKey>, Fault> {
        self.fuse.around(self.port.keys()).await
    }

    async fn ready(&self) -> Result<(), Fault> {
        self.fuse.around(self.port.ready()).await
    }

    async fn mended(&self) {
        self.port.mended().await;
    }
}

#[async_trait]
impl<T: Ledger + ?Sized> Ledger for Fused<T> {
    async fn rows(&self) -> Result<Vec<Row>, Fault> {
        self.fuse.around(self.port.rows()).await
    }

    async fn save(&self, row: &Row) -> Result<(), Fault> {
        self.fuse.around(self.port.save(row)).await
    }

    async fn remove(&self, id: &AccountId) -> Result<(), Fault> {
        self.fuse.around(self.port.remove(id)).await
    }

    async fn clients(&self) -> Result<Vec<ClientRow>, Fault> {
        self.port.clients().await
    }

    async fn save_client(&self, client: &ClientRow) -> Result<(), Fault> {
        self.port.save_client(client).await
    }

    async fn remove_client(&self, client: &ClientRow) -> Result<(), Fault> {
        self.port.remove_client(client).await
    }

    async fn setting(&self, name: &str) -> Result<Option<String>, Fault> {
        self.port.setting(name).await
    }

    async fn set_setting(&self, name: &str, value: &str) -> Result<(), Fault> {
        self.port.set_setting(name, value).await
    }
}
