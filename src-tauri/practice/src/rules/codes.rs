//! Authorization codes: given once, redeemed once (RFC 6749 section 4.1.2).

use super::{
    access::{self, Issued},
    authorize::{Challenge, Request},
    refresh,
    refusal::Refusal,
    steps::Agreement,
};
use crate::{
    chance::Chance,
    clock::{MINUTE, Moment},
    fingerprint::Fingerprint,
    scopes::Scopes,
    state::{State, Sub},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq as _;

/// Guess: Google does not say how long a code lives. RFC 6749 recommends ten minutes at most.
pub const CODE_LIFETIME: Moment = 10 * MINUTE;

/// What a code stands for. The code itself is only a fingerprint.
#[derive(Clone)]
pub struct Code {
    pub client_id: String,
    pub redirect_uri: String,
    pub challenge: Option<Challenge>,
    pub nonce: Option<String>,
    pub sub: Sub,
    pub scopes: Scopes,
    pub brings_refresh_token: bool,
    pub offline: bool,
    pub expires_at: Moment,
    pub used: bool,
    /// The family of the refresh token that it brought.
    pub brought: Option<u64>,
}

/// The form of a code exchange.
pub struct Exchange<'form> {
    pub client_id: &'form str,
    pub code: &'form str,
    pub redirect_uri: &'form str,
    pub verifier: Option<&'form str>,
}

pub fn issue(
    state: &mut State,
    request: &Request,
    agreement: &Agreement,
    now: Moment,
    chance: &mut Chance,
) -> String {
    let held = state.grants.entry(agreement.sub.clone()).or_default();
    *held = held.union(&agreement.scopes);
    if !request.prompt.none {
        renew_session(state, &agreement.sub);
    }
    let text = chance.token("4/0practice-");
    let code = Code {
        client_id: request.client_id.clone(),
        redirect_uri: request.redirect_uri.clone(),
        challenge: request.challenge.clone(),
        nonce: request.nonce.clone(),
        sub: agreement.sub.clone(),
        scopes: agreement.scopes.clone(),
        brings_refresh_token: request.offline && agreement.consent_shown,
        offline: request.offline,
        expires_at: now + CODE_LIFETIME,
        used: false,
        brought: None,
    };
    state.codes.insert(Fingerprint::of(&text), code);
    text
}

/// Signing in again is what ends an organisation's demand for it.
fn renew_session(state: &mut State, sub: &str) {
    for person in state.people.iter_mut().filter(|person| person.sub == sub) {
        person.rapt = None;
    }
}

pub fn redeem(
    state: &mut State,
    exchange: &Exchange<'_>,
    now: Moment,
    chance: &mut Chance,
) -> Result<Issued, Refusal> {
    if !exchange.code.starts_with("4/") {
        return Err(Refusal::invalid_grant("Malformed auth code."));
    }
    let fingerprint = Fingerprint::of(exchange.code);
    let code = state
        .codes
        .get(&fingerprint)
        .ok_or_else(Refusal::bad_request)?
        .clone();
    check_client(&code, exchange)?;
    if code.used {
        return Err(used_again(state, &code, now));
    }
    check(state, &code, exchange, now)?;
    let refresh_token = brings_refresh_token(state, &code)
        .then(|| refresh::issue(state, &code.client_id, &code.sub, &code.scopes, now, chance));
    if let Some(kept) = state.codes.get_mut(&fingerprint) {
        kept.used = true;
        kept.brought = refresh_token.as_ref().map(|new| new.family);
    }
    let access_token = access::issue(
        state,
        access::Holder {
            client_id: &code.client_id,
            sub: &code.sub,
            offline: code.offline,
        },
        &code.scopes,
        now,
        chance,
    );
    Ok(Issued {
        access_token,
        refresh_token_expires_in: refresh_token.as_ref().and_then(|new| new.expires_in),
        refresh_token: refresh_token.map(|new| new.token),
        client_id: code.client_id,
        sub: code.sub,
        scopes: code.scopes,
        nonce: code.nonce,
    })
}

fn check_client(code: &Code, exchange: &Exchange<'_>) -> Result<(), Refusal> {
    if code.client_id == exchange.client_id {
        return Ok(());
    }
    Err(Refusal::new(401, "unauthorized_client", "Unauthorized"))
}

/// RFC 6749 section 4.1.2: somebody has the code who should not, or an answer was lost. What other codes
/// brought lives on.
fn used_again(state: &mut State, code: &Code, now: Moment) -> Refusal {
    if let Some(family) = code.brought.filter(|_| state.project.used_code_revokes) {
        refresh::end_family(state, family, now);
    }
    Refusal::bad_request()
}

fn check(state: &State, code: &Code, exchange: &Exchange<'_>, now: Moment) -> Result<(), Refusal> {
    if now >= code.expires_at {
        return Err(Refusal::bad_request());
    }
    if code.redirect_uri != exchange.redirect_uri {
        return Err(Refusal::new(400, "redirect_uri_mismatch", "Bad Request"));
    }
    // Guess: a wrong verifier does not use up the code.
    check_verifier(code.challenge.as_ref(), exchange.verifier)?;
    match state.person(&code.sub) {
        Some(person) if !person.deleted => Ok(()),
        _ => Err(Refusal::invalid_grant("Account has been deleted")),
    }
}

/// RFC 7636 section 4.6.
fn check_verifier(challenge: Option<&Challenge>, verifier: Option<&str>) -> Result<(), Refusal> {
    let Some(challenge) = challenge else {
        return Ok(());
    };
    let verifier = verifier.ok_or_else(|| Refusal::invalid_grant("Missing code verifier."))?;
    let (expected, given) = match challenge {
        Challenge::Plain(expected) => (expected, verifier.to_owned()),
        Challenge::S256(expected) => (expected, URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))),
    };
    if bool::from(expected.as_bytes().ct_eq(given.as_bytes())) {
        return Ok(());
    }
    Err(Refusal::invalid_grant("Invalid code verifier."))
}

fn brings_refresh_token(state: &mut State, code: &Code) -> bool {
    if code.brings_refresh_token && state.project.omit_refresh_token > 0 {
        state.project.omit_refresh_token -= 1;
        return false;
    }
    code.brings_refresh_token
}

pub fn forget_old(state: &mut State, now: Moment) {
    state.codes.retain(|_, code| now < code.expires_at);
}
