//! A code becomes a grant, once (RFC 6749 4.1.3, RFC 7636 4.5).

use std::borrow::Cow;

use evergrant_domain::{Code, Fault, Grant, time::Seconds};
use evergrant_engine::ports::CodeExchange;
use oauth2::{AuthorizationCode, PkceCodeVerifier, RedirectUrl};

use super::{
    Endpoint, OidcProvider,
    discovery::Listening,
    identity::{self, Expected, Unproven},
    skew,
    token_answer::TokenAnswer,
    token_call::{Line, token_client},
};

/// # Errors
/// `CodeRefused`, `AnswerLost`, `IdentityUnproven`, `ClockWrong`, and every fault of the provider and the client.
pub(super) async fn exchange(provider: &OidcProvider, exchange: &CodeExchange<'_>) -> Result<Grant, Fault> {
    let listening = provider.listening().await?;
    // Before the code is sent: keys that cannot be had must not cost a code.
    let keys = provider.keys(&listening, None).await?;
    let mut answer = send(provider, &listening, exchange).await?;
    let id_token = answer.id_token.take().ok_or_else(|| unproven("no id_token"))?;

    let now = provider.clock.moment();
    let tokens = answer.into_tokens(now, exchange.asked);
    let expected = Expected {
        issuer: &provider.data.issuer,
        client_id: &exchange.client.id,
        nonce: &exchange.secrets.nonce,
        access_token: &tokens.lease.token,
        now: now.wall,
    };
    let person = match identity::prove(&id_token, &expected, &keys) {
        // Signed with a key newer than our copy.
        Err(Unproven::UnknownKey) => {
            let fresh = provider.keys(&listening, Some(&keys)).await;
            let fresh = fresh.map_err(|_| unproven("the keys could not be read"))?;
            identity::prove(&id_token, &expected, &fresh)
        }
        known => known,
    };
    Ok(Grant {
        person: person.map_err(|why| refused(why, provider.http.clock_ahead()))?,
        granted: tokens.lease.scopes.clone(),
        refresh_token: tokens.refresh_token,
        lease: tokens.lease,
        ends_at: tokens.ends_at,
    })
}

async fn send(
    provider: &OidcProvider,
    listening: &Listening,
    exchange: &CodeExchange<'_>,
) -> Result<TokenAnswer, Fault> {
    let redirect = RedirectUrl::new(exchange.redirect_uri.to_owned());
    let redirect = redirect.map_err(|_| Fault::from(Code::RequestRefused))?;
    let client = token_client(exchange.client, listening);
    let request = client
        .exchange_code(AuthorizationCode::new(exchange.code.expose().to_owned()))
        .set_pkce_verifier(PkceCodeVerifier::new(
            exchange.secrets.verifier.expose().to_owned(),
        ))
        .set_redirect_uri(Cow::Borrowed(&redirect));
    let line = Line {
        http: &provider.http,
        endpoint: Endpoint::TokenCode,
    };
    request
        .request_async(&line)
        .await
        .map_err(|error| line.fault(&error))
}

/// A token that is out of date while this clock is wrong says nothing against who signed in.
fn refused(why: Unproven, clock_ahead: Option<Seconds>) -> Fault {
    match (why, clock_ahead) {
        (Unproven::Expired, Some(ahead)) if skew::matters(ahead) => skew::fault(Some(ahead)),
        _ => unproven(why.as_str()),
    }
}

fn unproven(why: &str) -> Fault {
    Fault::with_detail(Code::IdentityUnproven, why)
}
