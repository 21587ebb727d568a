use async_trait::async_trait;
use evergrant_domain::{AccountId, Fault, ScopeSet, Timestamp};

use crate::program::{Assurance, Origin, ProgramKey};

/// Names a grant: 16 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GrantId(String);

impl GrantId {
    const DIGITS: usize = 16;

    /// From random bytes.
    pub fn of(random: [u8; 8]) -> Self {
        Self(format!("{:016x}", u64::from_be_bytes(random)))
    }

    /// Reads an id that came from outside.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        (text.len() == Self::DIGITS && hex).then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How a program was last seen; labels for people, beside the key that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub key: ProgramKey,
    pub name: String,
    pub path: Option<String>,
    pub assurance: Assurance,
    pub origin: Origin,
}

/// A person's yes: this program may have tokens of this account with these scopes, until then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    pub id: GrantId,
    pub program: Known,
    pub account: AccountId,
    /// The address when it was given, for when the account is gone.
    pub email: String,
    pub scopes: ScopeSet,
    pub since: Timestamp,
    /// `None`: until a person ends it.
    pub until: Option<Timestamp>,
    pub last_used: Option<Timestamp>,
    pub uses: u64,
}

/// Until when a program may not ask again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalEnd {
    At(Timestamp),
    /// Muted: until a person lifts it.
    Never,
}

/// A person's no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub program: Known,
    pub end: RefusalEnd,
    /// Refusals in a row; each makes the wait longer.
    pub times: u32,
}

/// The durable book of who may have what. A call that returned is on the disk.
///
/// Faults: `DiskFull`, `LedgerFailed`.
#[async_trait]
pub trait Book: Send + Sync {
    async fn grants(&self) -> Result<Vec<Grant>, Fault>;
    /// Inserts or replaces all of these, or none.
    async fn save(&self, grants: &[Grant]) -> Result<(), Fault>;
    /// Removes all of these, or none; fine when they are not there.
    async fn remove(&self, grants: &[GrantId]) -> Result<(), Fault>;
    async fn refusals(&self) -> Result<Vec<Refusal>, Fault>;
    /// Inserts or replaces the refusal of this program.
    async fn refuse(&self, refusal: &Refusal) -> Result<(), Fault>;
    /// Lifts the refusal of a program; fine when there is none.
    async fn lift(&self, program: &ProgramKey) -> Result<(), Fault>;
    /// Whether the person paused all programs.
    async fn paused(&self) -> Result<bool, Fault>;
    async fn set_paused(&self, paused: bool) -> Result<(), Fault>;
}
