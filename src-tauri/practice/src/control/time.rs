//! The clock.

use super::{Answer, Mistake, read};
use crate::{
    clock::{Clock, Moment},
    world::{Shared, World},
};
use axum::{Json, body::Bytes, extract::State};
use serde::Deserialize;
use serde_json::json;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    advance_seconds: Option<Moment>,
    set: Option<Moment>,
    real: Option<bool>,
}

pub async fn set(State(world): State<Shared>, body: Bytes) -> Answer {
    let change: Change = read(&body)?;
    {
        let mut clock = world.clock();
        *clock = match change {
            Change {
                advance_seconds: Some(seconds),
                set: None,
                real: None,
            } => clock.advanced(seconds),
            Change {
                set: Some(at),
                advance_seconds: None,
                real: None,
            } => Clock::Stopped(at),
            Change {
                real: Some(true),
                advance_seconds: None,
                set: None,
            } => Clock::Real,
            _ => {
                return Err(Mistake(
                    "Give one of advance_seconds, set, or real: true.".to_owned(),
                ));
            }
        };
    }
    Ok(now(&world))
}

pub async fn show(State(world): State<Shared>) -> Json<serde_json::Value> {
    now(&world)
}

fn now(world: &World) -> Json<serde_json::Value> {
    Json(json!({"now": world.clock().now()}))
}
