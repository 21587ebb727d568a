//! Access tokens: what a call to an API shows.

use crate::{
    chance::Chance,
    clock::Moment,
    fingerprint::Fingerprint,
    scopes::Scopes,
    state::{AccessToken, Person, State, Sub},
};

/// Google says 3,599: an hour, less the second it took to answer.
pub const LIFETIME: Moment = 3_599;

/// What a token answer carries, before it is written as JSON.
#[derive(Clone)]
pub struct Issued {
    pub access_token: String,
    pub refresh_token: Option<String>,
    pub refresh_token_expires_in: Option<Moment>,
    pub client_id: String,
    pub sub: Sub,
    pub scopes: Scopes,
    pub nonce: Option<String>,
}

#[derive(Debug, Clone, Copy)]
pub struct Holder<'token> {
    pub client_id: &'token str,
    pub sub: &'token str,
    pub offline: bool,
}

pub fn issue(
    state: &mut State,
    holder: Holder<'_>,
    scopes: &Scopes,
    now: Moment,
    chance: &mut Chance,
) -> String {
    let text = chance.token("ya29.practice-");
    state.access_tokens.retain(|token| now < token.expires_at);
    state.access_tokens.push(AccessToken {
        fingerprint: Fingerprint::of(&text),
        client_id: holder.client_id.to_owned(),
        sub: holder.sub.to_owned(),
        scopes: scopes.clone(),
        offline: holder.offline,
        expires_at: now + LIFETIME,
    });
    text
}

/// The live token and whose it is.
pub fn check<'state>(
    state: &'state State,
    token: &str,
    now: Moment,
) -> Option<(&'state AccessToken, &'state Person)> {
    let fingerprint = Fingerprint::of(token);
    let token = state
        .access_tokens
        .iter()
        .find(|known| known.fingerprint == fingerprint && now < known.expires_at)?;
    let person = state
        .person(&token.sub)
        .filter(|person| !person.deleted && !person.disabled)?;
    Some((token, person))
}
