//! The one place where a failed call becomes a fault.
//!
//! Sources: RFC 6749 5.2; Google, "Using OAuth 2.0" and "OAuth 2.0 for iOS & Desktop Apps"; the
//! exact descriptions are Google's as observed. Only an `invalid_grant` that is not about the
//! organisation's sign-in session ends a grant; whatever is unknown leaves everything as it is.

use evergrant_domain::{Code, Fault};

use super::{
    Failure,
    endpoint::Endpoint,
    error_body::{Body, ErrorBody},
    skew,
};

/// Says what a failure at an endpoint means.
#[expect(clippy::match_same_arms, reason = "a table: one row for each failure")]
pub fn classify(endpoint: Endpoint, failure: &Failure) -> Fault {
    use Failure as F;
    match failure {
        F::NameNotFound => Code::NameNotFound.into(),
        F::Unreachable => Code::Offline.into(),
        F::Proxy { words } => Fault::with_detail(Code::ProxyRefused, words),
        F::Untrusted { issuer } => {
            Fault::with_detail(Code::ConnectionIntercepted, issuer.as_deref().unwrap_or_default())
        }
        // This clock is right, so it is the provider that forgot to renew it.
        F::OutOfDate { ahead: Some(ahead) } if !skew::matters(*ahead) => {
            Fault::with_detail(Code::ProviderDown, "its certificate is out of date")
        }
        F::OutOfDate { ahead } => skew::fault(*ahead),
        F::LoginPage => Code::CaptivePortal.into(),
        // The code may have been used: asking again could only look like a theft of it.
        F::Silent | F::Broken | F::Unreadable if endpoint == Endpoint::TokenCode => Code::AnswerLost.into(),
        F::Silent => Code::ProviderSilent.into(),
        F::Broken => Code::Offline.into(),
        F::Unreadable => Code::ProviderUnreadable.into(),
        F::Refused {
            status,
            body,
            retry_after,
            elsewhere,
        } => {
            let fault = refused(endpoint, *status, &Body::read(body), elsewhere.as_deref());
            // Only who is busy or down says something by it.
            let waits = matches!(fault.code, Code::ProviderBusy | Code::ProviderDown);
            fault.with_retry_after(retry_after.filter(|_| waits))
        }
    }
}

#[expect(clippy::match_same_arms, reason = "a table: one row for each answer")]
fn refused(endpoint: Endpoint, status: u16, body: &Body, elsewhere: Option<&str>) -> Fault {
    match (status, body) {
        // The network itself wants a sign-in (RFC 6585 6).
        (511, _) => Code::CaptivePortal.into(),
        (408 | 429, _) | (403, Body::Page | Body::Unreadable) => Code::ProviderBusy.into(),
        (500.., _) => Code::ProviderDown.into(),
        // Redirects are not followed, so they bring no answer; a provider never leads to another host.
        (300..400, _) => match elsewhere {
            Some(host) => Fault::with_detail(Code::CaptivePortal, host),
            None => Code::ProviderUnreadable.into(),
        },
        // Somebody shows a page of theirs and calls it the answer.
        (..300, Body::Page) => Code::CaptivePortal.into(),
        (..300, _) => Code::ProviderUnreadable.into(),
        (_, Body::Page) => Code::ProviderDown.into(),
        (_, Body::Unreadable) => Code::ProviderUnreadable.into(),
        (_, Body::Error(error)) => Fault::with_detail(meaning(endpoint, status, error), &error.words()),
    }
}

fn meaning(endpoint: Endpoint, status: u16, body: &ErrorBody) -> Code {
    match (status, body.error.as_str()) {
        (_, "admin_policy_enforced") => Code::AdministratorBlocked,
        (_, "server_error" | "temporarily_unavailable" | "internal_failure") => Code::ProviderDown,
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
