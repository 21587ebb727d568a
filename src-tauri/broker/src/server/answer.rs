//! Answers, in the one form that all of them have.

use bytes::Bytes;
use evergrant_domain::{Lease, Moment, Scope};
use evergrant_protocol::{AccountName, Problem};
use evergrant_words::say;
use http::{HeaderValue, Response, StatusCode, header};
use http_body_util::Full;
use serde::Serialize;

use super::refused::Refused;
use super::{Answer, wishes};
use crate::ports::Account;

/// 200 with this body.
pub fn ok(body: &impl Serialize) -> Answer {
    status(StatusCode::OK, body)
}

pub fn status(status: StatusCode, body: &impl Serialize) -> Answer {
    // Only our own plain types come here, which always have a form in JSON.
    let body = serde_json::to_vec(body).unwrap_or_default();
    json(status, body.into(), "application/json")
}

/// What an answer says beside the token.
#[derive(Serialize)]
struct Rest<'a> {
    token_type: &'static str,
    expires_at: i64,
    scopes: Vec<&'a str>,
    account: AccountName,
}

/// A token. Put in by hand: a secret has no serializable form.
pub fn token(account: &Account, lease: &Lease, now: Moment) -> Answer {
    let rest = Rest {
        token_type: "Bearer",
        // By the clock as it is now: it may have been set since the lease came.
        expires_at: (now.wall + now.until(lease.ends)).0,
        scopes: lease.scopes.iter().map(Scope::as_str).collect(),
        account: wishes::name(account),
    };
    // Both always have a form, as in `status`.
    let rest = serde_json::to_vec(&rest).unwrap_or_default();
    let token = lease.token.expose();
    // Room for all of it: a body that grows leaves parts of the token behind.
    let mut body = Vec::with_capacity(rest.len() + 2 * token.len() + 32);
    body.extend_from_slice(b"{\"access_token\":");
    let _ = serde_json::to_writer(&mut body, token);
    body.push(b',');
    body.extend_from_slice(rest.strip_prefix(b"{").unwrap_or_default());
    json(StatusCode::OK, body.into(), "application/json")
}

pub fn problem(refused: &Refused) -> Answer {
    let problem = document(refused);
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut answer = json(status, body.into(), "application/problem+json");
    if let Some(seconds) = problem.retry_after {
        answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    if let Some(methods) = refused.allow {
        let methods = HeaderValue::from_static(methods);
        answer.headers_mut().insert(header::ALLOW, methods);
    }
    answer
}

/// The problem in words. An account's own fault says more than what it means to the program.
fn document(refused: &Refused) -> Problem {
    let code = refused.code.as_str();
    let (what, todo) = match refused.fault {
        Some(fault) => (
            say(&format!("fault.{}.what", fault.as_str()), &[]),
            say(&format!("fault.{}.todo", fault.as_str()), &[]),
        ),
        None => (
            say(&format!("problem.{code}.what"), &[]),
            say(&format!("problem.{code}.todo"), &[]),
        ),
    };
    Problem {
        detail: refused.detail.clone(),
        retry_after: refused.retry_after,
        fault: refused.fault.map(|fault| fault.as_str().to_owned()),
        accounts: refused.accounts.clone(),
        ..Problem::new(refused.code, what, todo)
    }
}

/// Nothing between the socket and the program keeps a copy.
fn json(status: StatusCode, body: Bytes, kind: &'static str) -> Answer {
    let mut answer = Response::new(Full::new(body));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}
