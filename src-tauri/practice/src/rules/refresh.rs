//! Refresh tokens: when one is given, when one is dead, and what a dead one answers.

use super::{
    access::{self, Issued},
    refusal::Refusal,
};
use crate::{
    chance::Chance,
    clock::{DAY, HOUR, Moment},
    fingerprint::Fingerprint,
    scopes::Scopes,
    state::{Cause, End, Person, RefreshToken, State, Status},
};

/// Google, "Using OAuth 2.0": at most 100 live refresh tokens for an account and client.
pub const MOST_LIVE_TOKENS: usize = 100;
/// For a project in Testing; seen on the wire as 604799.
pub const TESTING_LIFETIME: Moment = 7 * DAY;
/// "Not used for six months". Guess: the longest half of a year.
pub const UNUSED_LIFETIME: Moment = 184 * DAY;
/// How long a dead token is still answered with "expired or revoked".
pub const REMEMBERED_DEAD: Moment = 12 * HOUR;

pub struct New {
    pub token: String,
    pub family: u64,
    pub expires_in: Option<Moment>,
}

/// When and why this token died, if it has.
pub fn death(token: &RefreshToken, now: Moment) -> Option<End> {
    let expired = token.expires_at.map(|at| End {
        at,
        cause: Cause::Expired,
    });
    let unused = End {
        at: token.last_used_at + UNUSED_LIFETIME,
        cause: Cause::Unused,
    };
    [token.end, expired, Some(unused)]
        .into_iter()
        .flatten()
        .filter(|end| end.at <= now)
        .min_by_key(|end| end.at)
}

pub fn issue(
    state: &mut State,
    client_id: &str,
    sub: &str,
    scopes: &Scopes,
    now: Moment,
    chance: &mut Chance,
) -> New {
    forget_long_dead(state, now);
    make_room(state, client_id, sub, now);
    let text = chance.token("1//0practice-");
    let serial = take_serial(state);
    let lifetime = limited_lifetime(state, scopes);
    state.refresh_tokens.push(RefreshToken {
        fingerprint: Fingerprint::of(&text),
        serial,
        family: serial,
        client_id: client_id.to_owned(),
        sub: sub.to_owned(),
        scopes: scopes.clone(),
        issued_at: now,
        last_used_at: now,
        expires_at: lifetime.map(|lifetime| now + lifetime),
        end: None,
    });
    New {
        token: text,
        family: serial,
        expires_in: lifetime.map(|lifetime| lifetime - 1),
    }
}

/// Testing spares an app that asks only for name, email address and profile.
fn limited_lifetime(state: &State, scopes: &Scopes) -> Option<Moment> {
    let testing =
        (state.project.status == Status::Testing && !scopes.access().is_empty()).then_some(TESTING_LIFETIME);
    [testing, state.project.time_limited_seconds]
        .into_iter()
        .flatten()
        .min()
}

/// The 101st token ends the oldest one, without a word to anybody.
fn make_room(state: &mut State, client_id: &str, sub: &str, now: Moment) {
    let mut live: Vec<&mut RefreshToken> = state
        .refresh_tokens
        .iter_mut()
        .filter(|token| token.client_id == client_id && token.sub == sub && death(token, now).is_none())
        .collect();
    live.sort_by_key(|token| token.serial);
    let surplus = (live.len() + 1).saturating_sub(MOST_LIVE_TOKENS);
    for oldest in live.into_iter().take(surplus) {
        oldest.end = Some(End {
            at: now,
            cause: Cause::TooManyTokens,
        });
    }
}

fn forget_long_dead(state: &mut State, now: Moment) {
    state
        .refresh_tokens
        .retain(|token| death(token, now).is_none_or(|end| now < end.at + REMEMBERED_DEAD));
}

fn take_serial(state: &mut State) -> u64 {
    let serial = state.next_serial;
    state.next_serial += 1;
    serial
}

/// RFC 6749 section 6.
pub fn refresh(
    state: &mut State,
    client_id: &str,
    token: &str,
    asked: Option<&Scopes>,
    now: Moment,
    chance: &mut Chance,
) -> Result<Issued, Refusal> {
    let fingerprint = Fingerprint::of(token);
    let index = state
        .refresh_tokens
        .iter()
        .position(|known| known.fingerprint == fingerprint)
        .ok_or_else(Refusal::bad_request)?;
    let held = state.refresh_tokens[index].clone();
    if held.client_id != client_id {
        return Err(Refusal::new(401, "unauthorized_client", "Unauthorized"));
    }
    check_person(state, state.person(&held.sub))?;
    if let Some(end) = death(&held, now) {
        if end.cause == Cause::Rotated && state.project.reuse_detection {
            end_family(state, held.family, now);
        }
        return Err(answer_of_dead(end, now));
    }
    let scopes = narrowed(state, &held.scopes, asked)?;
    state.refresh_tokens[index].last_used_at = now;
    let access_token = access::issue(
        state,
        access::Holder {
            client_id,
            sub: &held.sub,
            offline: true,
        },
        &scopes,
        now,
        chance,
    );
    let rotated = state.project.rotates.then(|| rotate(state, index, now, chance));
    Ok(Issued {
        access_token,
        // Google answers a refresh without one; others rotate.
        refresh_token: rotated,
        refresh_token_expires_in: held.expires_at.map(|at| at - now),
        client_id: held.client_id,
        sub: held.sub,
        scopes,
        nonce: None,
    })
}

fn check_person(state: &State, person: Option<&Person>) -> Result<(), Refusal> {
    let Some(person) = person.filter(|person| !person.deleted) else {
        return Err(Refusal::invalid_grant("Account has been deleted"));
    };
    if person.disabled {
        // Guess: Google's words for a suspended account are not documented.
        return Err(Refusal::expired_or_revoked());
    }
    if let Some(subtype) = &person.rapt {
        return Err(Refusal::reauthenticate(subtype));
    }
    if state.project.admin_policy && person.hd.is_some() {
        return Err(Refusal::admin_policy());
    }
    Ok(())
}

fn answer_of_dead(end: End, now: Moment) -> Refusal {
    if now < end.at + REMEMBERED_DEAD {
        Refusal::expired_or_revoked()
    } else {
        Refusal::bad_request()
    }
}

fn narrowed(state: &State, held: &Scopes, asked: Option<&Scopes>) -> Result<Scopes, Refusal> {
    match asked.filter(|asked| state.project.narrowing && !asked.is_empty()) {
        None => Ok(held.clone()),
        Some(asked) if held.covers(asked) => Ok(asked.clone()),
        // Guess: the description.
        Some(_) => Err(Refusal::new(400, "invalid_scope", "Bad Request")),
    }
}

fn rotate(state: &mut State, index: usize, now: Moment, chance: &mut Chance) -> String {
    let text = chance.token("1//0practice-");
    let next = RefreshToken {
        fingerprint: Fingerprint::of(&text),
        serial: take_serial(state),
        issued_at: now,
        last_used_at: now,
        ..state.refresh_tokens[index].clone()
    };
    if !state.project.rotation_keeps_old {
        state.refresh_tokens[index].end = Some(End {
            at: now,
            cause: Cause::Rotated,
        });
    }
    state.refresh_tokens.push(next);
    text
}

/// RFC 9700 section 4.14.2: what is used again was stolen, or its answer was lost.
pub fn end_family(state: &mut State, family: u64, now: Moment) {
    for token in state
        .refresh_tokens
        .iter_mut()
        .filter(|token| token.family == family)
    {
        token.end.get_or_insert(End {
            at: now,
            cause: Cause::Reused,
        });
    }
}
