//! `/revoke` and `/tokeninfo`.

use crate::{
    parameters::Parameters,
    rules::{access, endings, refusal::Refusal},
    scopes::EMAIL,
    world::Shared,
};
use axum::{
    Extension, Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_REQUEST);
        (status, [(header::CACHE_CONTROL, "no-store")], Json(self)).into_response()
    }
}

/// RFC 7009. Unlike it, Google answers 400 for a token that is already gone.
pub async fn revoke(
    State(world): State<Shared>,
    Extension(parameters): Extension<Parameters>,
) -> Result<Json<Value>, Refusal> {
    // Guess: the words for a missing token.
    let token = parameters.get("token").ok_or_else(|| Refusal::missing("token"))?;
    world.change(|state, now, _| endings::revoke(state, token, now))?;
    Ok(Json(json!({})))
}

/// Google's own: numbers and truth values come as strings.
pub async fn tokeninfo(
    State(world): State<Shared>,
    Extension(parameters): Extension<Parameters>,
) -> Result<Json<Value>, Refusal> {
    let token = parameters.get("access_token").unwrap_or_default();
    world
        .look(|state, now| {
            let (token, person) = access::check(state, token, now)?;
            let mut info = json!({
                "azp": token.client_id,
                "aud": token.client_id,
                "sub": token.sub,
                "scope": token.scopes.text(),
                "exp": token.expires_at.to_string(),
                "expires_in": (token.expires_at - now).to_string(),
                "access_type": if token.offline { "offline" } else { "online" },
            });
            if token.scopes.has(EMAIL) {
                info["email"] = json!(person.email);
                info["email_verified"] = json!(person.email_verified.to_string());
            }
            Some(Json(info))
        })
        .ok_or_else(|| Refusal::new(400, "invalid_token", "Invalid Value"))
}
