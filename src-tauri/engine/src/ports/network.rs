use async_trait::async_trait;

/// How this computer is connected now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connection {
    Offline,
    /// What is sent costs money; nothing is done that can wait.
    Metered,
    Online,
}

/// The computer's way to the outside, as the system knows it.
#[async_trait]
pub trait Network: Send + Sync {
    /// `Online` where the system cannot say: then trying shows it.
    fn connection(&self) -> Connection;

    /// Returns at the next change: another network, back online, a login page passed. Returns too often
    /// rather than too seldom, and never where the system cannot tell.
    async fn changed(&self);
}
