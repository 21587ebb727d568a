//! The one place where a failed call becomes a fault.
//!
//! Sources: RFC 6749 5.2; Google, "Using OAuth 2.0" and "OAuth 2.0 for iOS & Desktop Apps"; the
//! exact descriptions are Google's as observed. Only an `invalid_grant` that is not about the
//! organisation's sign-in session ends a grant; whatever is unknown leaves everything as it is.

use evergrant_domain::{Code, Fault, time::Seconds};
use zeroize::Zeroizing;

use super::{
    endpoint::Endpoint,
    error_body::{Body, ErrorBody},
};

/// Why a call brought no usable answer.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Names, connection or TLS: nothing was sent.
    #[error("not reached")]
    Unreachable,
    /// Not done within the time allowed.
    #[error("silent")]
    Silent,
    /// The connection broke after the request was on its way.
    #[error("connection broken")]
    Broken,
    /// An answer that makes no sense, or more of it than is read.
    #[error("unreadable")]
    Unreadable,
    /// Any status but success.
    #[error("status {status}")]
    Refused {
        status: u16,
        body: Zeroizing<Vec<u8>>,
        /// How long it asked to be left alone.
        retry_after: Option<Seconds>,
    },
}

/// Says what a failure at an endpoint means.
#[expect(clippy::match_same_arms, reason = "a table: one row for each answer")]
pub fn classify(endpoint: Endpoint, failure: &Failure) -> Fault {
    let code = match failure {
        Failure::Unreachable => Code::Offline,
        // The code may have been used: asking again could only look like a theft of it.
        Failure::Silent | Failure::Broken | Failure::Unreadable if endpoint == Endpoint::TokenCode => {
            Code::AnswerLost
        }
        Failure::Silent => Code::ProviderSilent,
        Failure::Broken => Code::Offline,
        Failure::Unreadable => Code::ProviderUnreadable,
        Failure::Refused {
            status,
            body,
            retry_after,
        } => {
            let fault = refused(endpoint, *status, &Body::read(body));
            // Only who is busy says something by it.
            let wait = retry_after.filter(|_| fault.code == Code::ProviderBusy);
            return fault.with_retry_after(wait);
        }
    };
    code.into()
}

#[expect(clippy::match_same_arms, reason = "a table: one row for each answer")]
fn refused(endpoint: Endpoint, status: u16, body: &Body) -> Fault {
    match (status, body) {
        (408 | 429 | 500.., _) => Code::ProviderBusy.into(),
        // Redirects are not followed, so they bring no answer.
        (..400, _) => Code::ProviderUnreadable.into(),
        (_, Body::Page) => Code::ProviderBusy.into(),
        (403, Body::Unreadable) => Code::ProviderBusy.into(),
        (_, Body::Unreadable) => Code::ProviderUnreadable.into(),
        (_, Body::Error(error)) => Fault::with_detail(meaning(endpoint, status, error), &error.words()),
    }
}

#[expect(clippy::match_same_arms, reason = "a table: one row for each answer")]
fn meaning(endpoint: Endpoint, status: u16, body: &ErrorBody) -> Code {
    match (status, body.error.as_str()) {
        (_, "admin_policy_enforced") => Code::AdministratorBlocked,
        (_, "server_error" | "temporarily_unavailable" | "internal_failure") => Code::ProviderBusy,
        // A pass that opens too little does not open more by waiting (RFC 6750 3.1).
        (403, "insufficient_scope") => Code::ProviderRefused,
        (403, _) => Code::ProviderBusy,
        (400 | 401, error) if endpoint.speaks_oauth() => match error {
            "invalid_grant" => ended(endpoint, body),
            "invalid_client" => Code::ClientRefused,
            "deleted_client" => Code::ClientDeleted,
            "unauthorized_client" => Code::ClientMismatch,
            "invalid_request" | "invalid_scope" => Code::RequestRefused,
            _ => Code::ProviderRefused,
        },
        _ => Code::ProviderRefused,
    }
}

/// `invalid_grant` has many reasons, told apart by their descriptions only.
fn ended(endpoint: Endpoint, body: &ErrorBody) -> Code {
    let says = |words: &str| body.description.to_lowercase().contains(words);
    match body.subtype.as_str() {
        "invalid_rapt" | "rapt_required" => Code::SignInExpired,
        _ if endpoint == Endpoint::TokenCode => Code::CodeRefused,
        _ if says("auth code") || says("code verifier") => Code::CodeRefused,
        _ if says("account has been deleted") => Code::AccountDeleted,
        _ if says("expired or revoked") => Code::GrantEnded,
        // "Bad Request" and whatever else others say: the provider knows no such grant.
        _ => Code::GrantUnknown,
    }
}
