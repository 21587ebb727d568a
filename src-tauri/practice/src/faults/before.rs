//! Faults that answer in place of the work.

use super::kind::Fault;
use crate::{
    endpoint::Endpoint,
    pages,
    rules::{blocked::Blocked, refusal::Refusal},
    server::Lost,
};
use axum::{
    Json,
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use serde_json::json;
use std::time::Duration;
use tokio::time::sleep;

/// A hang ends by itself after this, even if the client waits on.
pub const LONGEST_HANG: Duration = Duration::from_secs(120);

/// The answer that replaces the true one, or `None` to let the work be done.
pub async fn answer(fault: &Fault, endpoint: Endpoint) -> Option<Response> {
    match fault {
        Fault::Latency { milliseconds } => {
            sleep(Duration::from_millis(*milliseconds)).await;
            None
        }
        Fault::HangBeforeHeaders => {
            sleep(LONGEST_HANG).await;
            Some(Lost::response())
        }
        Fault::RateLimited { retry_after } => Some(rate_limited(endpoint, *retry_after)),
        Fault::Forbidden => Some(forbidden(endpoint)),
        Fault::HtmlError { status } => Some(html_error(*status)),
        Fault::OauthError {
            status,
            error,
            error_description,
            error_subtype,
        } => Some(if endpoint == Endpoint::Auth {
            let detail = error_description.clone().unwrap_or_default();
            pages::blocked::page(&Blocked::new(*status, error, detail))
        } else {
            let refusal = Refusal {
                status: *status,
                error: error.clone(),
                description: error_description.clone(),
                subtype: error_subtype.clone(),
                uri: None,
            };
            (code(*status), Json(refusal)).into_response()
        }),
        _ => None,
    }
}

/// Guess: Google does not document what the token endpoint says when it is called too often.
fn rate_limited(endpoint: Endpoint, retry_after: Option<u64>) -> Response {
    let body = if is_api(endpoint) {
        let message = "Quota exceeded for quota metric 'Queries' and limit 'Queries per minute per user'.";
        json!({"error": {
            "code": 429,
            "message": message,
            "errors": [{"message": message, "domain": "global", "reason": "rateLimitExceeded"}],
            "status": "RESOURCE_EXHAUSTED",
        }})
    } else {
        json!({"error": "rate_limit_exceeded", "error_description": "Rate limit exceeded."})
    };
    let mut response = (StatusCode::TOO_MANY_REQUESTS, Json(body)).into_response();
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

/// Guess: the token endpoint's body. The APIs' is documented.
fn forbidden(endpoint: Endpoint) -> Response {
    let body = if is_api(endpoint) {
        let message = "User Rate Limit Exceeded";
        json!({"error": {
            "code": 403,
            "message": message,
            "errors": [{"message": message, "domain": "usageLimits", "reason": "userRateLimitExceeded"}],
        }})
    } else {
        json!({"error": "access_denied", "error_description": "Forbidden"})
    };
    (StatusCode::FORBIDDEN, Json(body)).into_response()
}

fn html_error(status: u16) -> Response {
    let status = code(status);
    let page = format!(
        "<!DOCTYPE html><html lang=en><title>Error {0}</title><p><b>{0}.</b> That\u{2019}s an error. \
         The practice server could not complete the request. Please try again in 30 seconds.</html>",
        status.as_u16()
    );
    (status, Html(page)).into_response()
}

fn is_api(endpoint: Endpoint) -> bool {
    matches!(
        endpoint,
        Endpoint::Gmail | Endpoint::Drive | Endpoint::Calendar | Endpoint::Contacts
    )
}

fn code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST)
}
