//! `/v1/userinfo` (OIDC Core 5.3).

use super::google_error::bearer;
use crate::{id_token, rules::access, world::Shared};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use serde_json::{Value, json};

pub async fn answer(State(world): State<Shared>, headers: HeaderMap) -> Response {
    let token = bearer(&headers).unwrap_or_default();
    let about = world.look(|state, now| {
        let (token, person) = access::check(state, token, now)?;
        let allowed = !token.scopes.sign_in().is_empty();
        Some(allowed.then(|| id_token::about(person, &token.scopes, &world.base_url)))
    });
    match about {
        Some(Some(about)) => Json(Value::Object(about)).into_response(),
        // Guess: what a token without any sign-in scope is told.
        Some(None) => refused(
            StatusCode::FORBIDDEN,
            "insufficient_scope",
            "Request had insufficient authentication scopes.",
        ),
        None => refused(StatusCode::UNAUTHORIZED, "invalid_request", "Invalid Credentials"),
    }
}

fn refused(status: StatusCode, error: &str, description: &str) -> Response {
    let challenge = format!("Bearer realm=\"https://accounts.google.com/\", error=\"{error}\"");
    let body = json!({"error": error, "error_description": description});
    (status, [(header::WWW_AUTHENTICATE, challenge)], Json(body)).into_response()
}
