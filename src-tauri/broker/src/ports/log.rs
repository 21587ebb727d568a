use async_trait::async_trait;
use evergrant_domain::{Fault, Timestamp};

/// How an answer went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryOutcome {
    /// A token was handed out.
    Given,
    /// A person said yes.
    Granted,
    /// The person, or a rule, said no.
    Refused,
    /// It was allowed and could not be served.
    Failed,
    /// A grant was ended.
    Ended,
}

impl EntryOutcome {
    pub const ALL: [Self; 5] = [
        Self::Given,
        Self::Granted,
        Self::Refused,
        Self::Failed,
        Self::Ended,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Granted => "granted",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Ended => "ended",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == text)
    }
}

/// One answer. No token is in here, nor anything a token could be made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub at: Timestamp,
    pub program: String,
    pub path: Option<String>,
    /// The address as it was then.
    pub account: Option<String>,
    /// Separated by spaces.
    pub scopes: String,
    pub outcome: EntryOutcome,
    /// The problem's code, where it was refused or failed.
    pub code: Option<&'static str>,
}

impl Entry {
    /// The code of the entry that stands for those that were not noted.
    pub const UNNOTED: &'static str = "log_overflow";

    /// Stands for this many entries, the last of them of this moment, that came faster than they could
    /// be written. The program is this one; their number is the only word among the scopes, where no
    /// real scope is spelt so: `unnoted:1234`.
    pub fn unnoted(how_many: u64, at: Timestamp) -> Self {
        Self {
            at,
            program: "evergrant".into(),
            path: None,
            account: None,
            scopes: format!("unnoted:{how_many}"),
            outcome: EntryOutcome::Failed,
            code: Some(Self::UNNOTED),
        }
    }
}

/// An entry as it stands in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Counts up by one.
    pub number: u64,
    pub at: Timestamp,
    pub program: String,
    pub path: Option<String>,
    pub account: Option<String>,
    pub scopes: String,
    pub outcome: EntryOutcome,
    pub code: Option<String>,
}

/// What to look for; newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// A part of the program, path, account, scopes, outcome or code, in any case. Empty: all.
    pub text: String,
    /// Only entries with a smaller number.
    pub before: Option<u64>,
    /// At least 1, at most `LONGEST_PAGE`; others are taken for the nearest of these.
    pub limit: u32,
}

impl Search {
    pub const LONGEST_PAGE: u32 = 500;

    /// The limit within its bounds.
    pub fn limit(&self) -> u32 {
        self.limit.clamp(1, Self::LONGEST_PAGE)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub entries: Vec<Written>,
    /// The chain of hashes has no gap, from its first entry to its last.
    pub intact: bool,
}

/// The log of every answer: a chain of hashes, so that a gap shows.
#[async_trait]
pub trait Log: Send + Sync {
    /// Notes an answer. Never waits: it is on the disk within a second. Beyond a bounded backlog the
    /// newest are counted and noted as one entry that says how many were not noted.
    fn note(&self, entry: Entry);

    /// # Errors
    /// `LedgerFailed`.
    async fn page(&self, search: Search) -> Result<Page, Fault>;

    /// Returns once all that was noted is on the disk.
    ///
    /// # Errors
    /// `DiskFull`, `LedgerFailed`.
    async fn flush(&self) -> Result<(), Fault>;
}
