//! Every row of the table, and what is on no row.

use evergrant_adapters::provider::{Endpoint, Failure, classify};
use evergrant_domain::{
    Code, Fault,
    fault::Mender::{self, Administrator, Time, You},
    time::Seconds,
};
use serde_json::{Value, json};
use zeroize::Zeroizing;

fn refused(status: u16, body: &str) -> Failure {
    Failure::Refused {
        status,
        body: Zeroizing::new(body.as_bytes().to_vec()),
        retry_after: None,
        elsewhere: None,
    }
}

fn at(endpoint: Endpoint, status: u16, body: &str) -> Code {
    classify(endpoint, &refused(status, body)).code
}

fn words(fault: &Fault) -> &str {
    fault.detail.as_ref().map_or("", |detail| detail.as_str())
}

fn oauth(error: &str, description: &str) -> Value {
    json!({"error": error, "error_description": description})
}

fn rapt(subtype: &str) -> Value {
    json!({"error": "invalid_grant", "error_description": "reauth related error", "error_subtype": subtype})
}

/// What the status and the body mean, who mends it, and the words kept for the details.
type Row = (u16, Value, Code, Mender, &'static str);

/// Every row of Google's table of answers of the token endpoint, and what is on no row.
#[rustfmt::skip]
fn refresh_rows() -> Vec<Row> {
    let ended = "Token has been expired or revoked.";
    let no_client = "The OAuth client was not found.";
    let no_secret = "The provided client secret is invalid.";
    let of_grant = |description| oauth("invalid_grant", description);
    vec![
        (400, of_grant(ended), Code::GrantEnded, You, "invalid_grant Token has been expired or revoked."),
        (400, of_grant("Bad Request"), Code::GrantUnknown, You, "invalid_grant Bad Request"),
        (400, of_grant("never said before"), Code::GrantUnknown, You, "invalid_grant never said before"),
        (400, json!({"error": "invalid_grant"}), Code::GrantUnknown, You, "invalid_grant"),
        (400, of_grant("Account has been deleted"), Code::AccountDeleted, You, "invalid_grant Account has been deleted"),
        (400, rapt("invalid_rapt"), Code::SignInExpired, You, "invalid_grant reauth related error"),
        (400, rapt("rapt_required"), Code::SignInExpired, You, "invalid_grant reauth related error"),
        (400, of_grant("Malformed auth code."), Code::CodeRefused, You, "invalid_grant Malformed auth code."),
        (400, of_grant("Missing code verifier."), Code::CodeRefused, You, "invalid_grant Missing code verifier."),
        (400, of_grant("Invalid code verifier."), Code::CodeRefused, You, "invalid_grant Invalid code verifier."),
        (401, oauth("invalid_client", no_client), Code::ClientRefused, You, "invalid_client The OAuth client was not found."),
        (401, oauth("invalid_client", no_secret), Code::ClientRefused, You, "invalid_client The provided client secret is invalid."),
        (401, oauth("deleted_client", "gone"), Code::ClientDeleted, You, "deleted_client gone"),
        (401, oauth("unauthorized_client", "no"), Code::ClientMismatch, You, "unauthorized_client no"),
        (400, oauth("admin_policy_enforced", ""), Code::AdministratorBlocked, Administrator, "admin_policy_enforced"),
        (403, oauth("admin_policy_enforced", ""), Code::AdministratorBlocked, Administrator, "admin_policy_enforced"),
        (400, oauth("invalid_request", "client_secret is missing."), Code::RequestRefused, You, "invalid_request client_secret is missing."),
        (400, oauth("invalid_scope", ""), Code::RequestRefused, You, "invalid_scope"),
        (403, oauth("access_denied", "Forbidden"), Code::ProviderBusy, Time, "access_denied Forbidden"),
        (403, oauth("rate_limit_exceeded", ""), Code::ProviderBusy, Time, "rate_limit_exceeded"),
        (403, of_grant(ended), Code::ProviderBusy, Time, "invalid_grant Token has been expired or revoked."),
        (403, json!({}), Code::ProviderBusy, Time, ""),
        (408, json!({}), Code::ProviderBusy, Time, ""),
        (408, of_grant(ended), Code::ProviderBusy, Time, ""),
        (429, oauth("rate_limit_exceeded", ""), Code::ProviderBusy, Time, ""),
        (429, of_grant(ended), Code::ProviderBusy, Time, ""),
        (400, oauth("server_error", ""), Code::ProviderDown, Time, "server_error"),
        (400, oauth("internal_failure", ""), Code::ProviderDown, Time, "internal_failure"),
        (400, oauth("temporarily_unavailable", ""), Code::ProviderDown, Time, "temporarily_unavailable"),
        (500, of_grant(ended), Code::ProviderDown, Time, ""),
        (502, json!({}), Code::ProviderDown, Time, ""),
        (503, of_grant(ended), Code::ProviderDown, Time, ""),
        (504, json!({}), Code::ProviderDown, Time, ""),
        (599, of_grant(ended), Code::ProviderDown, Time, ""),
        (511, of_grant(ended), Code::CaptivePortal, Time, ""),
        (400, oauth("something_new", "What is this?"), Code::ProviderRefused, You, "something_new What is this?"),
        (401, oauth("something_new", ""), Code::ProviderRefused, You, "something_new"),
        (418, oauth("teapot", ""), Code::ProviderRefused, You, "teapot"),
        (404, of_grant(ended), Code::ProviderRefused, You, "invalid_grant Token has been expired or revoked."),
        (302, of_grant(ended), Code::ProviderUnreadable, Time, ""),
    ]
}

#[test]
fn refresh_answers() {
    for (status, body, code, mender, detail) in refresh_rows() {
        let fault = classify(Endpoint::TokenRefresh, &refused(status, &body.to_string()));
        let met = (fault.code, fault.code.mender(), words(&fault));
        assert_eq!(met, (code, mender, detail), "{status} {body}");
        assert_eq!(code.passes_by_itself(), mender == Time, "{status} {body}");
        let ends = status == 400 && body["error"] == "invalid_grant" && body["error_subtype"].is_null();
        assert!(ends || !code.ends_grant(), "{status} {body} ends a grant");
    }
}

#[test]
fn a_page_is_never_an_answer() {
    let page = "\n<!DOCTYPE html><html>Sign in to the hotel</html>";
    for (status, code) in [
        (200, Code::CaptivePortal),
        (203, Code::CaptivePortal),
        (302, Code::ProviderUnreadable),
        (400, Code::ProviderDown),
        (401, Code::ProviderDown),
        (403, Code::ProviderBusy),
        (404, Code::ProviderDown),
        (408, Code::ProviderBusy),
        (429, Code::ProviderBusy),
        (500, Code::ProviderDown),
        (502, Code::ProviderDown),
        (503, Code::ProviderDown),
        (511, Code::CaptivePortal),
    ] {
        for endpoint in [
            Endpoint::TokenCode,
            Endpoint::TokenRefresh,
            Endpoint::Revocation,
            Endpoint::Userinfo,
            Endpoint::Discovery,
        ] {
            assert_eq!(at(endpoint, status, page), code, "{endpoint:?} {status}");
        }
    }
}

#[test]
fn a_redirect_to_another_host_is_a_login_page() {
    for (elsewhere, code, detail) in [
        (
            Some("login.hotel.example"),
            Code::CaptivePortal,
            "login.hotel.example",
        ),
        (None, Code::ProviderUnreadable, ""),
    ] {
        for status in [301, 302, 303, 307, 308] {
            let fault = classify(
                Endpoint::TokenRefresh,
                &Failure::Refused {
                    status,
                    body: Zeroizing::default(),
                    retry_after: None,
                    elsewhere: elsewhere.map(str::to_owned),
                },
            );
            assert_eq!((fault.code, words(&fault)), (code, detail), "{status}");
        }
    }
}

#[test]
fn what_is_no_error_body_is_unreadable() {
    for body in [
        "",
        "not json",
        "[]",
        "{}",
        "{\"error\":7}",
        "{\"error\":\"invalid_gr",
    ] {
        let code = at(Endpoint::TokenRefresh, 400, body);
        assert_eq!(code, Code::ProviderUnreadable, "{body}");
    }
}

#[test]
fn only_who_is_busy_or_down_says_when_to_ask_again() {
    for (status, error, wait) in [
        (429, "rate_limit_exceeded", Some(Seconds(30))),
        (503, "", Some(Seconds(30))),
        (500, "", Some(Seconds(30))),
        (403, "rate_limit_exceeded", Some(Seconds(30))),
        (400, "temporarily_unavailable", Some(Seconds(30))),
        (511, "", None),
        (400, "invalid_grant", None),
        (400, "invalid_scope", None),
    ] {
        let failure = Failure::Refused {
            status,
            body: Zeroizing::new(oauth(error, "").to_string().into_bytes()),
            retry_after: Some(Seconds(30)),
            elsewhere: None,
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
        let code = at(Endpoint::TokenCode, 400, &body);
        assert_eq!(code, Code::CodeRefused, "{description}");
    }
    let client = oauth("invalid_client", "").to_string();
    assert_eq!(at(Endpoint::TokenCode, 401, &client), Code::ClientRefused);
}

#[test]
fn without_an_answer() {
    let proxy = Failure::Proxy {
        words: "it wants a password".to_owned(),
    };
    let untrusted = |issuer: Option<&str>| Failure::Untrusted {
        issuer: issuer.map(str::to_owned),
    };
    let out_of_date = |ahead: Option<i64>| Failure::OutOfDate {
        ahead: ahead.map(Seconds),
    };
    // At the code exchange, elsewhere, and the words.
    for (failure, code_exchange, elsewhere, detail) in [
        (Failure::NameNotFound, Code::NameNotFound, Code::NameNotFound, ""),
        (Failure::Unreachable, Code::Offline, Code::Offline, ""),
        (
            proxy,
            Code::ProxyRefused,
            Code::ProxyRefused,
            "it wants a password",
        ),
        (
            untrusted(Some("Acme Inspection CA")),
            Code::ConnectionIntercepted,
            Code::ConnectionIntercepted,
            "Acme Inspection CA",
        ),
        (
            untrusted(None),
            Code::ConnectionIntercepted,
            Code::ConnectionIntercepted,
            "",
        ),
        (
            out_of_date(Some(-86_400 * 400)),
            Code::ClockWrong,
            Code::ClockWrong,
            "400 days behind",
        ),
        (
            out_of_date(Some(61)),
            Code::ClockWrong,
            Code::ClockWrong,
            "61 seconds ahead",
        ),
        (out_of_date(None), Code::ClockWrong, Code::ClockWrong, ""),
        (
            out_of_date(Some(60)),
            Code::ProviderDown,
            Code::ProviderDown,
            "its certificate is out of date",
        ),
        (Failure::LoginPage, Code::CaptivePortal, Code::CaptivePortal, ""),
        (Failure::Silent, Code::AnswerLost, Code::ProviderSilent, ""),
        (Failure::Broken, Code::AnswerLost, Code::Offline, ""),
        (
            Failure::Unreadable,
            Code::AnswerLost,
            Code::ProviderUnreadable,
            "",
        ),
    ] {
        let fault = classify(Endpoint::TokenCode, &failure);
        assert_eq!((fault.code, words(&fault)), (code_exchange, detail), "{failure}");
        for endpoint in [
            Endpoint::TokenRefresh,
            Endpoint::Revocation,
            Endpoint::Userinfo,
            Endpoint::Keys,
        ] {
            let fault = classify(endpoint, &failure);
            assert_eq!(
                (fault.code, words(&fault)),
                (elsewhere, detail),
                "{endpoint:?} {failure}"
            );
        }
    }
}

#[test]
fn a_failure_never_prints_a_body() {
    let failure = refused(400, "canary");
    assert!(!format!("{failure} {failure:?}").contains("canary"));
    assert!(!format!("{failure:?}").contains("99, 97, 110"), "nor its bytes");
}
