//! `/permissions`: where a person takes an app's access away.

use crate::{pages, parameters::Parameters, rules::endings, world::Shared};
use axum::{
    Extension,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Redirect, Response},
};

pub async fn list(State(world): State<Shared>) -> Response {
    world.look(|state, _| pages::permissions::page(state)).response()
}

pub async fn remove(
    State(world): State<Shared>,
    headers: HeaderMap,
    Extension(form): Extension<Parameters>,
) -> Response {
    // A page of somebody else's must not take access away in the person's name.
    if !from_here(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    if let Some(sub) = form.get("person") {
        world.change(|state, now, _| endings::remove_app(state, sub, now));
    }
    Redirect::to("/permissions").into_response()
}

/// A browser says from which origin a form comes; other clients say nothing.
fn from_here(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    match (text(header::ORIGIN), text(header::HOST)) {
        (Some(origin), Some(host)) => origin.strip_prefix("http://") == Some(host),
        (Some(_), None) => false,
        (None, _) => true,
    }
}
