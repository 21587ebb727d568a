//! A fresh lease from a refresh token (RFC 6749 6). Sent once: whether to try again is the engine's.

use evergrant_domain::{Client, Fault, RefreshToken, ScopeSet};
use evergrant_engine::ports::Refreshed;

use super::{
    Endpoint, OidcProvider,
    consent::sent,
    token_call::{Line, token_client},
};

/// Asks for exactly the given scopes, or, without any, names none: then the grant's are meant.
/// Where the answer names no scopes, they are as asked and the lease comes with none.
///
/// # Errors
/// Every fault of the grant, the client and the provider.
pub(super) async fn refresh(
    provider: &OidcProvider,
    client: &Client,
    token: &RefreshToken,
    scopes: Option<&ScopeSet>,
) -> Result<Refreshed, Fault> {
    let listening = provider.listening().await?;
    let shown = oauth2::RefreshToken::new(token.expose().to_owned());
    let client = token_client(client, &listening);
    let narrowed = scopes.into_iter().flat_map(ScopeSet::iter);
    let request = client
        .exchange_refresh_token(&shown)
        .add_scopes(narrowed.map(|scope| oauth2::Scope::new(sent(scope).to_owned())));
    let line = Line {
        http: &provider.http,
        endpoint: Endpoint::TokenRefresh,
    };
    let answer = request
        .request_async(&line)
        .await
        .map_err(|error| line.fault(&error))?;

    let tokens = answer.into_tokens(provider.clock.moment(), &ScopeSet::default());
    Ok(Refreshed {
        lease: tokens.lease,
        // Some send the same one again; only another one is news.
        rotated: tokens.refresh_token.filter(|new| new != token),
        ends_at: tokens.ends_at,
    })
}
