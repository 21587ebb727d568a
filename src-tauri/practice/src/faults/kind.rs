//! Every fault there is. `README.md` says what a client sees of each.

use crate::endpoint::Endpoint;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "kebab-case")]
pub enum Fault {
    // The connection.
    Latency {
        #[serde(default = "half_a_second")]
        milliseconds: u64,
    },
    SlowDrip {
        #[serde(default = "a_tenth_of_a_second")]
        milliseconds: u64,
        #[serde(default = "a_few_bytes")]
        bytes: usize,
    },
    HangBeforeHeaders,
    HangAfterHeaders,
    ResetMidBody,
    /// The work is done, then the connection is dropped without a byte.
    AnswerLost,

    // An answer in place of the work.
    RateLimited {
        /// Seconds; absent = no `Retry-After`.
        retry_after: Option<u64>,
    },
    Forbidden,
    HtmlError {
        #[serde(default = "unavailable")]
        status: u16,
    },
    /// On `auth` a page, on `callback` a redirect, elsewhere JSON.
    OauthError {
        #[serde(default = "bad_request")]
        status: u16,
        error: String,
        error_description: Option<String>,
        error_subtype: Option<String>,
    },

    // The right answer, spoilt.
    TruncatedJson,
    EmptyBody,
    WrongContentType,
    HugeBody,
    ExpiresInString,
    ExpiresInMissing,
    ExpiresInZero,
    ExpiresInNegative,
    ExpiresInHuge,
    UnknownFields,
    RefreshTokenNull,
    RefreshTokenEmpty,
    ScopesReordered,
    ScopesMissing,

    // An untrue answer.
    WrongState,
    MissingState,
    WrongIss,
    MissingIss,
    WrongNonce,
    MissingNonce,
    WrongAud,
    WrongSub,
    WrongAtHash,
    IdTokenExpired,
    IdTokenUnsigned,
    IdTokenBadSignature,
    IdTokenMissing,
    /// The emulator calls the redirect address itself, then sends the browser there too.
    DuplicateCallback,
}

impl Fault {
    /// Whether this fault means anything at that endpoint.
    pub fn fits(&self, endpoint: Endpoint) -> bool {
        let callback = endpoint == Endpoint::Callback;
        match self {
            Self::WrongState | Self::MissingState | Self::MissingIss | Self::DuplicateCallback => callback,
            Self::WrongIss => callback || endpoint.is_token() || endpoint == Endpoint::Discovery,
            Self::WrongSub => endpoint.is_token() || endpoint == Endpoint::Userinfo,
            Self::OauthError { .. } => true,
            Self::ExpiresInString
            | Self::ExpiresInMissing
            | Self::ExpiresInZero
            | Self::ExpiresInNegative
            | Self::ExpiresInHuge
            | Self::RefreshTokenNull
            | Self::RefreshTokenEmpty
            | Self::ScopesReordered
            | Self::ScopesMissing
            | Self::WrongNonce
            | Self::MissingNonce
            | Self::WrongAud
            | Self::WrongAtHash
            | Self::IdTokenExpired
            | Self::IdTokenUnsigned
            | Self::IdTokenBadSignature
            | Self::IdTokenMissing => endpoint.is_token(),
            _ => !callback,
        }
    }

    /// The name by which the control endpoint and the journal know it.
    pub fn name(&self) -> String {
        serde_json::to_value(self)
            .ok()
            .and_then(|value| value["fault"].as_str().map(str::to_owned))
            .unwrap_or_default()
    }
}

fn half_a_second() -> u64 {
    500
}

fn a_tenth_of_a_second() -> u64 {
    100
}

fn a_few_bytes() -> usize {
    16
}

fn unavailable() -> u16 {
    503
}

fn bad_request() -> u16 {
    400
}
