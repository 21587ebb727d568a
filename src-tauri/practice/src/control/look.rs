//! Looking inside: counts, names and fingerprints, never a token.

use super::{Answer, read};
use crate::{
    clock::{Clock, Moment},
    rules::refresh::death,
    state::{Person, State as Remembered},
    world::Shared,
};
use axum::{Json, body::Bytes, extract::State};
use serde::Deserialize;
use serde_json::{Value, json};

pub async fn grants(State(world): State<Shared>) -> Json<Value> {
    world.look(|state, now| {
        let grants: Vec<Value> = state
            .people
            .iter()
            .map(|person| grant(state, person, now))
            .collect();
        let live = state
            .refresh_tokens
            .iter()
            .filter(|token| death(token, now).is_none())
            .count();
        Json(json!({"live_refresh_tokens": live, "grants": grants}))
    })
}

fn grant(state: &Remembered, person: &Person, now: Moment) -> Value {
    let tokens: Vec<Value> = state
        .refresh_tokens
        .iter()
        .filter(|token| token.sub == person.sub)
        .map(|token| {
            json!({
                "serial": token.serial,
                "fingerprint": token.fingerprint,
                "client_id": token.client_id,
                "scopes": token.scopes,
                "issued_at": token.issued_at,
                "last_used_at": token.last_used_at,
                "expires_at": token.expires_at,
                "ended": death(token, now),
            })
        })
        .collect();
    let live = tokens.iter().filter(|token| token["ended"].is_null()).count();
    json!({
        "email": person.email,
        "sub": person.sub,
        "granted_scopes": state.grants.get(&person.sub),
        "live_refresh_tokens": live,
        "live_access_tokens":
            state.access_tokens.iter().filter(|token| token.sub == person.sub && now < token.expires_at).count(),
        "refresh_tokens": tokens,
    })
}

pub async fn log(State(world): State<Shared>) -> Json<Value> {
    let journal = world.journal();
    let entries: Vec<_> = journal.entries().collect();
    Json(json!({"requests": entries}))
}

pub async fn clear_log(State(world): State<Shared>) -> Json<Value> {
    world.journal().clear();
    Json(json!({}))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rotation {
    rotate: bool,
    #[serde(default)]
    publish_only_current: bool,
}

pub async fn rotate_keys(State(world): State<Shared>, body: Bytes) -> Answer {
    let rotation: Rotation = read(&body)?;
    let mut keys = world.keys();
    if rotation.rotate {
        keys.rotate(rotation.publish_only_current);
    }
    Ok(Json(json!({"signing": keys.signing_id()})))
}

/// As on the first day: people, project, clock, faults, log, keys.
pub async fn reset(State(world): State<Shared>) -> Json<Value> {
    world.change(|state, _, _| *state = Remembered::new());
    *world.clock() = Clock::Real;
    world.faults().clear();
    world.journal().clear();
    *world.keys() = crate::keys::Keys::embedded();
    Json(json!({}))
}
