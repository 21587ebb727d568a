//! What befalls people and their accounts.

use super::{Answer, Mistake, read};
use crate::{
    rules::endings,
    state::{Person, State as Remembered},
    world::Shared,
};
use axum::{Json, body::Bytes, extract::State};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    /// Or the `sub`.
    email: String,
    #[serde(default)]
    password_changed: bool,
    #[serde(default)]
    removed_app: bool,
    deleted: Option<bool>,
    disabled: Option<bool>,
    rapt: Option<Rapt>,
    test_user: Option<bool>,
    new_email: Option<String>,
}

/// `true` stands for the subtype that is seen most.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Rapt {
    Ended(bool),
    Subtype(String),
}

pub async fn change(State(world): State<Shared>, body: Bytes) -> Answer {
    let change: Change = read(&body)?;
    world.change(|state, now, _| {
        let sub = state
            .person_hinted(&change.email)
            .map(|person| person.sub.clone())
            .ok_or_else(|| Mistake(format!("There is nobody called {}.", change.email)))?;
        if change.password_changed {
            endings::change_password(state, &sub, now);
        }
        if change.removed_app {
            endings::remove_app(state, &sub, now);
        }
        Ok(Json(set_person(state, &sub, &change)))
    })
}

fn set_person(state: &mut Remembered, sub: &str, change: &Change) -> Value {
    for person in state.people.iter_mut().filter(|person| person.sub == sub) {
        person.deleted = change.deleted.unwrap_or(person.deleted);
        person.disabled = change.disabled.unwrap_or(person.disabled);
        person.test_user = change.test_user.unwrap_or(person.test_user);
        if let Some(email) = &change.new_email {
            person.email.clone_from(email);
        }
        match &change.rapt {
            None => {}
            Some(Rapt::Ended(ended)) => person.rapt = ended.then(|| "invalid_rapt".to_owned()),
            Some(Rapt::Subtype(subtype)) => person.rapt = Some(subtype.clone()),
        }
    }
    state.person(sub).map_or(Value::Null, shown)
}

pub async fn list(State(world): State<Shared>) -> Json<Value> {
    world.look(|state, _| {
        let people: Vec<Value> = state.people.iter().map(shown).collect();
        Json(json!({"users": people}))
    })
}

fn shown(person: &Person) -> Value {
    json!(person)
}
