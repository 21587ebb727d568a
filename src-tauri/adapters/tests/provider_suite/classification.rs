//! Every row of the table, and what is on no row.

use evergrant_adapters::provider::{Endpoint, Failure, classify};
use evergrant_domain::{Code, time::Seconds};
use serde_json::{Value, json};
use zeroize::Zeroizing;

fn at(endpoint: Endpoint, status: u16, body: &str) -> Code {
    let body = Zeroizing::new(body.as_bytes().to_vec());
    let retry_after = None;
    let failure = Failure::Refused {
        status,
        body,
        retry_after,
    };
    classify(endpoint, &failure).code
}

fn oauth(error: &str, description: &str) -> Value {
    json!({"error": error, "error_description": description})
}

fn rapt(subtype: &str) -> Value {
    json!({"error": "invalid_grant", "error_description": "reauth related error", "error_subtype": subtype})
}

#[test]
fn refresh_answers() {
    let grant = |description| oauth("invalid_grant", description);
    for (status, body, code) in [
        (400, grant("Token has been expired or revoked."), Code::GrantEnded),
        (400, grant("Bad Request"), Code::GrantUnknown),
        (400, grant("something nobody said before"), Code::GrantUnknown),
        (400, json!({"error": "invalid_grant"}), Code::GrantUnknown),
        (400, grant("Account has been deleted"), Code::AccountDeleted),
        (400, rapt("invalid_rapt"), Code::SignInExpired),
        (400, rapt("rapt_required"), Code::SignInExpired),
        (400, grant("Malformed auth code."), Code::CodeRefused),
        (400, grant("Missing code verifier."), Code::CodeRefused),
        (400, grant("Invalid code verifier."), Code::CodeRefused),
        (
            401,
            oauth("invalid_client", "The OAuth client was not found."),
            Code::ClientRefused,
        ),
        (
            401,
            oauth("invalid_client", "The provided client secret is invalid."),
            Code::ClientRefused,
        ),
        (
            401,
            oauth("deleted_client", "The OAuth client was deleted."),
            Code::ClientDeleted,
        ),
        (
            401,
            oauth("unauthorized_client", "Unauthorized"),
            Code::ClientMismatch,
        ),
        (
            400,
            oauth("admin_policy_enforced", ""),
            Code::AdministratorBlocked,
        ),
        (
            403,
            oauth("admin_policy_enforced", ""),
            Code::AdministratorBlocked,
        ),
        (
            400,
            oauth("invalid_request", "client_secret is missing."),
            Code::RequestRefused,
        ),
        (400, oauth("invalid_scope", ""), Code::RequestRefused),
        (403, oauth("access_denied", "Forbidden"), Code::ProviderBusy),
        (403, oauth("rate_limit_exceeded", ""), Code::ProviderBusy),
        (408, json!({}), Code::ProviderBusy),
        (429, oauth("rate_limit_exceeded", ""), Code::ProviderBusy),
        (400, oauth("internal_failure", ""), Code::ProviderBusy),
        (400, oauth("temporarily_unavailable", ""), Code::ProviderBusy),
        (
            400,
            oauth("something_new", "What is this?"),
            Code::ProviderRefused,
        ),
        (418, oauth("teapot", ""), Code::ProviderRefused),
    ] {
        assert_eq!(
            at(Endpoint::TokenRefresh, status, &body.to_string()),
            code,
            "{status} {body}"
        );
    }
}

#[test]
fn a_server_in_trouble_never_ends_a_grant() {
    let ended = oauth("invalid_grant", "Token has been expired or revoked.").to_string();
    for status in [403, 408, 429, 500, 502, 503, 504, 599] {
        assert_eq!(
            at(Endpoint::TokenRefresh, status, &ended),
            Code::ProviderBusy,
            "{status}"
        );
    }
    for status in [400, 401, 403, 404, 500, 502, 503] {
        let page = at(
            Endpoint::TokenRefresh,
            status,
            "\n<!DOCTYPE html><html>Error</html>",
        );
        assert_eq!(page, Code::ProviderBusy, "{status}");
    }
    for body in [
        "",
        "not json",
        "[]",
        "{}",
        "{\"error\":7}",
        "{\"error\":\"invalid_gr",
    ] {
        assert_eq!(
            at(Endpoint::TokenRefresh, 400, body),
            Code::ProviderUnreadable,
            "{body}"
        );
    }
    assert_eq!(at(Endpoint::TokenRefresh, 302, &ended), Code::ProviderUnreadable);
}

#[test]
fn only_who_is_busy_says_when_to_ask_again() {
    for (status, error, wait) in [
        (429, "rate_limit_exceeded", Some(Seconds(30))),
        (503, "", Some(Seconds(30))),
        (403, "rate_limit_exceeded", Some(Seconds(30))),
        (400, "invalid_grant", None),
        (400, "invalid_scope", None),
    ] {
        let failure = Failure::Refused {
            status,
            body: Zeroizing::new(oauth(error, "").to_string().into_bytes()),
            retry_after: Some(Seconds(30)),
        };
        let fault = classify(Endpoint::TokenRefresh, &failure);
        assert_eq!(fault.retry_after, wait, "{status} {error}");
    }
}

#[test]
fn only_the_token_endpoint_speaks_of_grants() {
    let ended = oauth("invalid_grant", "Token has been expired or revoked.").to_string();
    for endpoint in [
        Endpoint::Userinfo,
        Endpoint::Api,
        Endpoint::Keys,
        Endpoint::Discovery,
        Endpoint::Picture,
    ] {
        for status in [400, 401, 403, 404, 500] {
            let code = at(endpoint, status, &ended);
            assert!(!code.ends_grant(), "{endpoint:?} {status}");
        }
    }
    let expired = oauth("invalid_token", "Invalid Credentials").to_string();
    assert_eq!(at(Endpoint::Userinfo, 401, &expired), Code::ProviderRefused);
    let narrow = oauth("insufficient_scope", "").to_string();
    assert_eq!(at(Endpoint::Userinfo, 403, &narrow), Code::ProviderRefused);
}

#[test]
fn at_the_exchange_it_is_the_code_that_is_refused() {
    for description in [
        "Bad Request",
        "Malformed auth code.",
        "Missing code verifier.",
        "Token has been expired or revoked.",
    ] {
        let body = oauth("invalid_grant", description).to_string();
        assert_eq!(
            at(Endpoint::TokenCode, 400, &body),
            Code::CodeRefused,
            "{description}"
        );
    }
    assert_eq!(
        at(Endpoint::TokenCode, 401, &oauth("invalid_client", "").to_string()),
        Code::ClientRefused
    );
}

#[test]
fn without_an_answer() {
    for (failure, code_exchange, elsewhere) in [
        (Failure::Unreachable, Code::Offline, Code::Offline),
        (Failure::Silent, Code::AnswerLost, Code::ProviderSilent),
        (Failure::Broken, Code::AnswerLost, Code::Offline),
        (Failure::Unreadable, Code::AnswerLost, Code::ProviderUnreadable),
    ] {
        assert_eq!(
            classify(Endpoint::TokenCode, &failure).code,
            code_exchange,
            "{failure}"
        );
        for endpoint in [
            Endpoint::TokenRefresh,
            Endpoint::Revocation,
            Endpoint::Userinfo,
            Endpoint::Keys,
        ] {
            assert_eq!(
                classify(endpoint, &failure).code,
                elsewhere,
                "{endpoint:?} {failure}"
            );
        }
    }
}

#[test]
fn the_providers_words_are_kept_for_the_details() {
    let body = oauth("something_new", "What is this?").to_string().into_bytes();
    let failure = Failure::Refused {
        status: 400,
        body: Zeroizing::new(body),
        retry_after: None,
    };
    let fault = classify(Endpoint::TokenRefresh, &failure);
    assert_eq!(
        fault.detail.expect("words").as_str(),
        "something_new What is this?"
    );
}

#[test]
fn a_failure_never_prints_a_body() {
    let body = Zeroizing::new(b"canary".to_vec());
    let failure = Failure::Refused {
        status: 400,
        body,
        retry_after: None,
    };
    assert!(!format!("{failure} {failure:?}").contains("canary"));
    assert!(!format!("{failure:?}").contains("99, 97, 110"), "nor its bytes");
}
