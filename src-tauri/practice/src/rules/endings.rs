//! What ends tokens from outside: revocation, a removed app, a changed password.

use super::{refresh::death, refusal::Refusal};
use crate::{
    clock::Moment,
    fingerprint::Fingerprint,
    state::{Cause, End, State, Sub},
};

/// RFC 7009, in Google's way: whichever token is shown, the person's whole grant to the project
/// ends, and with it every token of all the project's clients.
pub fn revoke(state: &mut State, token: &str, now: Moment) -> Result<(), Refusal> {
    let sub = holder(state, token, now)
        .ok_or_else(|| Refusal::new(400, "invalid_token", "Token expired or revoked"))?;
    let at = now + state.project.revoke_delay_seconds;
    end_grant(
        state,
        &sub,
        End {
            at,
            cause: Cause::Revoked,
        },
    );
    Ok(())
}

/// The person took the app's access away on the permissions page.
pub fn remove_app(state: &mut State, sub: &str, now: Moment) {
    end_grant(
        state,
        sub,
        End {
            at: now,
            cause: Cause::RemovedByPerson,
        },
    );
}

/// Only tokens that reach mail die with the password; Google spares all others.
/// Guess: their access tokens die too.
pub fn change_password(state: &mut State, sub: &str, now: Moment) {
    let end = End {
        at: now,
        cause: Cause::PasswordChanged,
    };
    for token in &mut state.refresh_tokens {
        if token.sub == sub && token.scopes.reach_gmail() {
            end_sooner(&mut token.end, end);
        }
    }
    state
        .access_tokens
        .retain(|token| token.sub != sub || !token.scopes.reach_gmail());
}

fn holder(state: &State, token: &str, now: Moment) -> Option<Sub> {
    let fingerprint = Fingerprint::of(token);
    let refresh = state
        .refresh_tokens
        .iter()
        .find(|known| known.fingerprint == fingerprint && death(known, now).is_none())
        .map(|known| &known.sub);
    let access = state
        .access_tokens
        .iter()
        .find(|known| known.fingerprint == fingerprint && now < known.expires_at)
        .map(|known| &known.sub);
    refresh.or(access).cloned()
}

fn end_grant(state: &mut State, sub: &str, end: End) {
    state.grants.remove(sub);
    state.codes.retain(|_, code| code.sub != sub);
    for token in state.refresh_tokens.iter_mut().filter(|token| token.sub == sub) {
        end_sooner(&mut token.end, end);
    }
    for token in state.access_tokens.iter_mut().filter(|token| token.sub == sub) {
        token.expires_at = token.expires_at.min(end.at);
    }
}

fn end_sooner(known: &mut Option<End>, end: End) {
    if known.is_none_or(|known| end.at < known.at) {
        *known = Some(end);
    }
}
