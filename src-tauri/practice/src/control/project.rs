//! The app's registration.

use super::{Answer, Mistake, read};
use crate::{
    clock::Moment,
    people::CLIENT_ID,
    state::{Api, Client, ClientType, Project, State as Remembered, Status},
    world::Shared,
};
use axum::{Json, body::Bytes, extract::State};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Each field that is given is set; the others stay.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    status: Option<Status>,
    apis: Option<BTreeMap<Api, bool>>,
    unverified_warning: Option<bool>,
    omit_refresh_token: Option<u32>,
    admin_policy: Option<bool>,
    org_internal: Option<bool>,
    org_not_configured: Option<bool>,
    narrowing: Option<bool>,
    require_s256: Option<bool>,
    offline_access_scope: Option<bool>,
    rotates: Option<bool>,
    rotation_keeps_old: Option<bool>,
    reuse_detection: Option<bool>,
    used_code_revokes: Option<bool>,
    revoke_delay_seconds: Option<Moment>,
    /// 0 = not limited.
    time_limited_seconds: Option<Moment>,
    /// The client that the next three are about; the built-in desktop client if absent.
    client_id: Option<String>,
    client_deleted: Option<bool>,
    client_type: Option<ClientType>,
    redirect_uris: Option<Vec<String>>,
}

pub async fn set(State(world): State<Shared>, body: Bytes) -> Answer {
    let change: Change = read(&body)?;
    world.change(|state, _, _| {
        set_client(state, &change)?;
        set_project(&mut state.project, change);
        Ok(Json(shown(state)))
    })
}

pub async fn show(State(world): State<Shared>) -> Json<Value> {
    world.look(|state, _| Json(shown(state)))
}

fn shown(state: &Remembered) -> Value {
    let clients: Vec<Value> = state
        .clients
        .iter()
        .map(|client| json!({"client_id": client.id, "client_type": client.kind, "deleted": client.deleted}))
        .collect();
    json!({"project": state.project, "clients": clients})
}

fn set_client(state: &mut Remembered, change: &Change) -> Result<(), Mistake> {
    let id = change.client_id.as_deref().unwrap_or(CLIENT_ID);
    let client: &mut Client = state
        .clients
        .iter_mut()
        .find(|client| client.id == id)
        .ok_or_else(|| Mistake(format!("There is no client {id}.")))?;
    put(&mut client.deleted, change.client_deleted);
    put(&mut client.kind, change.client_type);
    put(&mut client.redirect_uris, change.redirect_uris.clone());
    Ok(())
}

fn set_project(project: &mut Project, change: Change) {
    for (api, on) in change.apis.unwrap_or_default() {
        project.apis_off.retain(|off| *off != api);
        if !on {
            project.apis_off.push(api);
        }
    }
    put(&mut project.status, change.status);
    put(&mut project.unverified_warning, change.unverified_warning);
    put(&mut project.omit_refresh_token, change.omit_refresh_token);
    put(&mut project.admin_policy, change.admin_policy);
    put(&mut project.org_internal, change.org_internal);
    put(&mut project.org_not_configured, change.org_not_configured);
    put(&mut project.narrowing, change.narrowing);
    put(&mut project.require_s256, change.require_s256);
    put(&mut project.offline_access_scope, change.offline_access_scope);
    put(&mut project.rotates, change.rotates);
    put(&mut project.rotation_keeps_old, change.rotation_keeps_old);
    put(&mut project.reuse_detection, change.reuse_detection);
    put(&mut project.used_code_revokes, change.used_code_revokes);
    put(&mut project.revoke_delay_seconds, change.revoke_delay_seconds);
    let limit = change
        .time_limited_seconds
        .map(|seconds| Some(seconds).filter(|seconds| *seconds > 0));
    put(&mut project.time_limited_seconds, limit);
}

fn put<T>(kept: &mut T, given: Option<T>) {
    if let Some(given) = given {
        *kept = given;
    }
}
