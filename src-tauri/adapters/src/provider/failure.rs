use evergrant_domain::time::Seconds;
use zeroize::Zeroizing;

/// Why a call brought no usable answer.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The name has no address here.
    #[error("name not found")]
    NameNotFound,
    /// Refused, unreachable or broken off before anything was sent.
    #[error("not reached")]
    Unreachable,
    /// The way leads through a proxy, and ended there.
    #[error("not let through by the proxy")]
    Proxy {
        /// What became of it.
        words: String,
    },
    /// Who answers has a certificate that this computer does not trust; nothing was sent.
    #[error("not trusted")]
    Untrusted {
        /// Who issued it, where it says so.
        issuer: Option<String>,
    },
    /// A certificate that would be trusted at another time; nothing was sent.
    #[error("out of date")]
    OutOfDate {
        /// How far this computer's clock is ahead of the one where the certificate lies.
        ahead: Option<Seconds>,
    },
    /// The system knows of a login page, and the provider was not reached; nothing was sent.
    #[error("behind a login page")]
    LoginPage,
    /// Not done within the time allowed.
    #[error("silent")]
    Silent,
    /// The connection broke after the request was on its way.
    #[error("connection broken")]
    Broken,
    /// An answer that makes no sense, or more of it than is read.
    #[error("unreadable")]
    Unreadable,
    /// Any status but success, or a page for people instead of an answer.
    #[error("status {status}")]
    Refused {
        status: u16,
        body: Zeroizing<Vec<u8>>,
        /// How long it asked to be left alone.
        retry_after: Option<Seconds>,
        /// The other host that it leads to instead of answering.
        elsewhere: Option<String>,
    },
}

impl Failure {
    pub(super) fn status(&self) -> Option<u16> {
        match self {
            Self::Refused { status, .. } => Some(*status),
            _ => None,
        }
    }
}
