//! The computer's way to the outside.

use async_trait::async_trait;
use evergrant_engine::ports::{Connection, Network};

/// What the system knows of its network.
#[derive(Debug, Default)]
pub struct SystemNetwork;

#[async_trait]
impl Network for SystemNetwork {
    fn connection(&self) -> Connection {
        Connection::Online
    }

    async fn changed(&self) {
        std::future::pending().await
    }
}
