//! A fresh lease from a refresh token (RFC 6749 6). Sent once: whether to try again is the engine's.

use evergrant_domain::{Client, Fault, RefreshToken, ScopeSet};
use evergrant_engine::ports::Refreshed;

use super::{
    Endpoint, OidcProvider,
    token_call::{Line, token_client},
};

/// Where the answer names no scopes, they are unchanged and the lease comes with none.
///
/// # Errors
/// Every fault of the grant, the client and the provider.
pub(super) async fn refresh(
    provider: &OidcProvider,
    client: &Client,
    token: &RefreshToken,
) -> Result<Refreshed, Fault> {
    let listening = provider.listening().await?;
    let sent = oauth2::RefreshToken::new(token.expose().to_owned());
    let client = token_client(client, &listening);
    let request = client.exchange_refresh_token(&sent);
    let line = Line {
        http: &provider.http,
        endpoint: Endpoint::TokenRefresh,
    };
    let answer = request
        .request_async(&line)
        .await
        .map_err(|error| line.fault(&error))?;

    let tokens = answer.into_tokens(provider.clock.now(), &ScopeSet::default());
    Ok(Refreshed {
        lease: tokens.lease,
        // Some send the same one again; only another one is news.
        rotated: tokens.refresh_token.filter(|new| new != token),
        ends_at: tokens.ends_at,
    })
}
