use async_trait::async_trait;
use evergrant_domain::{AccountId, Code, Fault, Timestamp};

/// What happened to an account. None of it is secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happening {
    /// Connected for the first time on this computer, or found again in the vault.
    Connected,
    /// A person gave a new consent.
    Reconnected,
    /// A new lease came from the provider.
    Refreshed,
    /// It did not work, and nothing was lost.
    Failed(Code),
    /// The account stopped: only a person can go on.
    Stopped(Code),
    /// A person asked for it to be disconnected.
    Disconnecting,
}

/// One line of an account's history. The same thing happening again and again is one line that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryLine {
    pub first: Timestamp,
    pub last: Timestamp,
    /// How often in a row, at least once.
    pub times: u32,
    pub what: Happening,
}

/// What happened to each account, kept as long as the account is. It may be late on the disk: losing
/// the newest lines in a crash is no loss.
///
/// Faults: `DiskFull`, `LedgerFailed`.
#[async_trait]
pub trait History: Send + Sync {
    /// Adds to the newest line where the same happened, and the same day; else begins a new one. Lines
    /// older than a year, and beyond the 1,000 newest of an account, go.
    async fn note(&self, id: &AccountId, at: Timestamp, what: &Happening) -> Result<(), Fault>;

    /// The newest lines, newest first, at most `limit`.
    async fn lines(&self, id: &AccountId, limit: u32) -> Result<Vec<HistoryLine>, Fault>;

    /// Forgets an account's; fine when there is nothing.
    async fn forget(&self, id: &AccountId) -> Result<(), Fault>;
}
