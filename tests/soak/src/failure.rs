use std::io;

use thiserror::Error;

/// Why a run ended early.
#[derive(Debug, Error)]
pub enum Failure {
    /// A promise does not hold; the story says how it came to that.
    #[error("A promise was broken.\n{0}")]
    Promise(String),
    /// The stage does not stand, so nothing can be said about any promise.
    #[error("The stage failed: {0}")]
    Stage(String),
}

impl Failure {
    pub fn stage(what: &str, why: impl std::fmt::Display) -> Self {
        Self::Stage(format!("{what}: {why}"))
    }

    /// The same, with more to say.
    #[must_use]
    pub fn with(self, more: &str) -> Self {
        match self {
            Self::Promise(what) => Self::Promise(what + more),
            Self::Stage(what) => Self::Stage(what + more),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Stage(error.to_string())
    }
}

impl From<zbus::Error> for Failure {
    fn from(error: zbus::Error) -> Self {
        Self::stage("the message bus", error)
    }
}

impl From<reqwest::Error> for Failure {
    fn from(error: reqwest::Error) -> Self {
        Self::stage("the practice provider", error)
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::stage("the ledger", error)
    }
}
