//! Where everything is, and the keys (OIDC Discovery 1.0, RFC 8414, RFC 9207).

use crate::world::Shared;
use axum::{Json, extract::State, http::header, response::IntoResponse};
use serde_json::{Value, json};

pub async fn document(State(world): State<Shared>) -> Json<Value> {
    let base = &world.base_url;
    let mut scopes = vec!["openid", "email", "profile"];
    if world.look(|state, _| state.project.offline_access_scope) {
        scopes.push("offline_access");
    }
    Json(json!({
        "issuer": world.issuer,
        "authorization_endpoint": format!("{base}/o/oauth2/v2/auth"),
        "token_endpoint": format!("{base}/token"),
        "userinfo_endpoint": format!("{base}/v1/userinfo"),
        "revocation_endpoint": format!("{base}/revoke"),
        "jwks_uri": format!("{base}/oauth2/v3/certs"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "scopes_supported": scopes,
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        "claims_supported": [
            "aud", "email", "email_verified", "exp", "given_name", "iat", "iss", "name", "picture", "sub",
        ],
        "code_challenge_methods_supported": ["plain", "S256"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "authorization_response_iss_parameter_supported": true,
    }))
}

pub async fn certs(State(world): State<Shared>) -> impl IntoResponse {
    let keys = world.keys().published();
    (
        [(header::CACHE_CONTROL, "public, max-age=19800, must-revalidate")],
        Json(keys),
    )
}
