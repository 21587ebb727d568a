//! What a provider sends, read as ever but without the wire it comes over, for tests that read more of it
//! than any wire would bring.

use evergrant_domain::{AccessToken, Fault, Moment, Person, ScopeSet, Timestamp, secret::Nonce};
use evergrant_engine::ports::Refreshed;

use super::{
    Address, Endpoint, Failure, classify,
    discovery::Listening,
    identity::{self, Expected},
    keys,
    token_answer::TokenAnswer,
};

/// The body of a token endpoint's success; `asked` are the scopes it is an answer to.
///
/// # Errors
/// As the endpoint's answers are classified.
pub fn token_answer(
    endpoint: Endpoint,
    body: &[u8],
    now: Moment,
    asked: &ScopeSet,
) -> Result<Refreshed, Fault> {
    let answer: TokenAnswer =
        serde_json::from_slice(body).map_err(|_| classify(endpoint, &Failure::Unreadable))?;
    let tokens = answer.into_tokens(now, asked);
    Ok(Refreshed {
        lease: tokens.lease,
        rotated: tokens.refresh_token,
        ends_at: tokens.ends_at,
    })
}

/// What a sign-in must be proven for.
#[derive(Debug)]
pub struct SignIn<'a> {
    pub issuer: &'a str,
    pub client_id: &'a str,
    pub nonce: &'a Nonce,
    pub access_token: &'a AccessToken,
    pub now: Timestamp,
}

/// Who signed in, by an `id_token` and the text of the issuer's key set.
///
/// # Errors
/// Why it proves nothing, for people who want the details.
pub fn id_token(token: &str, keys: &[u8], sign_in: &SignIn<'_>) -> Result<Person, &'static str> {
    let keys = keys::read(keys).map_err(|_| "no key set")?;
    let expected = Expected {
        issuer: sign_in.issuer,
        client_id: sign_in.client_id,
        nonce: sign_in.nonce,
        access_token: sign_in.access_token,
        now: sign_in.now,
    };
    identity::prove(token, &expected, &keys).map_err(identity::Unproven::as_str)
}

/// The addresses that an issuer's own document names, each about to be called, under the names it has there.
///
/// # Errors
/// `ProviderUnreadable`, for a document that must not be followed.
pub fn discovered(issuer: &str, document: &[u8]) -> Result<Vec<(&'static str, String)>, Fault> {
    let listening = Listening::documented(issuer, document)?;
    let named = |name, address: Address| (name, address.url().to_string());
    let always = [
        named("authorization_endpoint", listening.authorization),
        named("token_endpoint", listening.token),
        named("jwks_uri", listening.keys),
    ];
    let userinfo = listening.userinfo.map(|at| named("userinfo_endpoint", at));
    let revocation = listening.revocation.map(|at| named("revocation_endpoint", at));
    Ok(always.into_iter().chain(userinfo).chain(revocation).collect())
}
