//! `/token`: a code or a refresh token becomes an access token.

use crate::{
    id_token::{self, Place},
    parameters::Parameters,
    rules::{
        access::{Issued, LIFETIME},
        clients::{Credentials, authenticate},
        codes::{self, Exchange},
        refresh,
        refusal::Refusal,
    },
    scopes::{OPENID, Scopes},
    world::{Shared, World},
};
use axum::{
    Extension, Json,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse as _, Response},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use url::form_urlencoded;

pub async fn answer(
    State(world): State<Shared>,
    headers: HeaderMap,
    Extension(form): Extension<Parameters>,
) -> Result<Response, Refusal> {
    let credentials = credentials(&headers, &form);
    let issued = match form.get("grant_type") {
        None => return Err(Refusal::missing("grant_type")),
        Some("authorization_code") => exchange(&world, &credentials, &form)?,
        Some("refresh_token") => refresh(&world, &credentials, &form)?,
        Some(other) => {
            return Err(Refusal::new(
                400,
                "unsupported_grant_type",
                format!("Invalid grant_type: {other}"),
            ));
        }
    };
    let answer = Json(written(&world, &issued));
    Ok((
        [(header::CACHE_CONTROL, "no-store"), (header::PRAGMA, "no-cache")],
        answer,
    )
        .into_response())
}

fn exchange(world: &World, credentials: &Credentials, form: &Parameters) -> Result<Issued, Refusal> {
    world.change(|state, now, chance| {
        let client_id = authenticate(state, credentials)?.id.clone();
        let required = |name: &str| form.get(name).ok_or_else(|| Refusal::missing(name));
        let exchange = Exchange {
            client_id: &client_id,
            code: required("code")?,
            redirect_uri: required("redirect_uri")?,
            verifier: form.get("code_verifier"),
        };
        codes::redeem(state, &exchange, now, chance)
    })
}

fn refresh(world: &World, credentials: &Credentials, form: &Parameters) -> Result<Issued, Refusal> {
    world.change(|state, now, chance| {
        let client_id = authenticate(state, credentials)?.id.clone();
        let token = form
            .get("refresh_token")
            .ok_or_else(|| Refusal::missing("refresh_token"))?;
        let asked = form.get("scope").map(Scopes::parse);
        refresh::refresh(state, &client_id, token, asked.as_ref(), now, chance)
    })
}

/// From HTTP Basic or from the form (RFC 6749 section 2.3.1).
fn credentials(headers: &HeaderMap, form: &Parameters) -> Credentials {
    basic(headers).unwrap_or_else(|| Credentials {
        client_id: form.owned("client_id"),
        secret: form.owned("client_secret"),
    })
}

fn basic(headers: &HeaderMap) -> Option<Credentials> {
    let encoded = headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .strip_prefix("Basic ")?;
    let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some(Credentials {
        client_id: Some(decoded(id)),
        secret: Some(decoded(secret)).filter(|secret| !secret.is_empty()),
    })
}

fn decoded(part: &str) -> String {
    form_urlencoded::parse(format!("part={part}").as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

/// RFC 6749 section 5.1.
fn written(world: &World, issued: &Issued) -> Value {
    let mut answer = json!({
        "access_token": issued.access_token,
        "expires_in": LIFETIME,
    });
    if let Some(refresh_token) = &issued.refresh_token {
        answer["refresh_token"] = json!(refresh_token);
    }
    if let Some(seconds) = issued.refresh_token_expires_in {
        answer["refresh_token_expires_in"] = json!(seconds);
    }
    answer["scope"] = json!(issued.scopes.text());
    answer["token_type"] = json!("Bearer");
    if issued.scopes.has(OPENID) {
        answer["id_token"] = json!(id_token(world, issued));
    }
    answer
}

fn id_token(world: &World, issued: &Issued) -> Option<String> {
    let claims = world.look(|state, now| {
        let place = Place {
            issuer: &world.issuer,
            base_url: &world.base_url,
            now,
        };
        state
            .person(&issued.sub)
            .map(|person| id_token::claims(place, issued, person))
    })?;
    // Signing takes a while: nobody waits for the lock meanwhile.
    let keys = world.keys().clone();
    Some(keys.sign(&claims))
}
