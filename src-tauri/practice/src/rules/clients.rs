//! Which app is asking, and whether it proves it (RFC 6749 section 2.3).

use super::refusal::Refusal;
use crate::state::{Client, State};
use subtle::ConstantTimeEq as _;

/// What a token request says about its client, from the form or from HTTP Basic.
#[derive(Default)]
pub struct Credentials {
    pub client_id: Option<String>,
    pub secret: Option<String>,
}

/// A desktop client must send its secret even with PKCE: it is not confidential, but Google
/// insists.
pub fn authenticate<'state>(
    state: &'state State,
    credentials: &Credentials,
) -> Result<&'state Client, Refusal> {
    let Some(id) = &credentials.client_id else {
        return Err(Refusal::new(
            400,
            "invalid_request",
            "Could not determine client ID from request.",
        ));
    };
    let client = state
        .client(id)
        .ok_or_else(|| Refusal::new(401, "invalid_client", "The OAuth client was not found."))?;
    if client.deleted {
        return Err(Refusal::new(
            401,
            "deleted_client",
            "The OAuth client was deleted.",
        ));
    }
    let Some(secret) = &credentials.secret else {
        return Err(Refusal::new(400, "invalid_request", "client_secret is missing."));
    };
    if !bool::from(client.secret.as_bytes().ct_eq(secret.as_bytes())) {
        return Err(Refusal::new(
            401,
            "invalid_client",
            "The provided client secret is invalid.",
        ));
    }
    Ok(client)
}
