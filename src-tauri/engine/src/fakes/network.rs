use std::sync::Mutex;

use async_trait::async_trait;
use tokio::sync::Notify;

use super::locked;
use crate::ports::{Connection, Network};

/// A network that is there until it is told otherwise.
pub struct FakeNetwork {
    now: Mutex<Connection>,
    changed: Notify,
}

impl Default for FakeNetwork {
    fn default() -> Self {
        Self {
            now: Mutex::new(Connection::Online),
            changed: Notify::new(),
        }
    }
}

impl FakeNetwork {
    /// The network is another one from now on; whoever waits is told.
    pub fn become_now(&self, connection: Connection) {
        *locked(&self.now) = connection;
        self.changed.notify_waiters();
    }
}

#[async_trait]
impl Network for FakeNetwork {
    fn connection(&self) -> Connection {
        *locked(&self.now)
    }

    async fn changed(&self) {
        self.changed.notified().await;
    }
}
