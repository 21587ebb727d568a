//! The answers to the pages. An attempt is known by its random number; the rest is kept here.

use super::{auth::proceed, callback};
use crate::{
    pages,
    parameters::Parameters,
    rules::{authorize::Attempt, steps},
    scopes::Scopes,
    world::{Shared, World},
};
use axum::{Extension, extract::State, response::Response};

type Form = Extension<Parameters>;

pub async fn person(State(world): State<Shared>, Extension(form): Form) -> Response {
    let chosen = form.get("person").unwrap_or_default();
    let offered = world.look(|state, _| {
        let attempt = state.attempts.get(form.get("attempt")?)?;
        steps::offered(state, attempt)
            .into_iter()
            .find(|person| person.sub == chosen)
            .map(|person| person.sub.clone())
    });
    decide(&world, &form, |attempt| attempt.person = offered).await
}

pub async fn warning(State(world): State<Shared>, Extension(form): Form) -> Response {
    decide(&world, &form, |attempt| attempt.passed_warning = true).await
}

pub async fn sign_in(State(world): State<Shared>, Extension(form): Form) -> Response {
    decide(&world, &form, |attempt| attempt.agreed_to_sign_in = true).await
}

pub async fn access(State(world): State<Shared>, Extension(form): Form) -> Response {
    let ticked: Scopes = form.all("scope").map(str::to_owned).collect();
    let nothing = form.get("decision") == Some("nothing");
    decide(&world, &form, |attempt| {
        let asked = attempt.request.scopes.access();
        // A single scope has no checkbox: continuing is agreeing.
        let single = asked.iter().count() == 1;
        attempt.agreed_to_access = Some(asked.filtered(|scope| !nothing && (single || ticked.has(scope))));
    })
    .await
}

/// Notes the agreement, unless the button said no.
async fn decide(world: &World, form: &Parameters, agree: impl FnOnce(&mut Attempt)) -> Response {
    let denied = form.get("decision") == Some("deny");
    let refused = world.change(|state, _, _| {
        let id = form.get("attempt")?;
        if denied {
            return state.attempts.remove(id);
        }
        agree(state.attempts.get_mut(id)?);
        None
    });
    match refused {
        Some(attempt) => callback::redirect(world, callback::denied(&attempt.request, "access_denied")).await,
        None => go_on(world, form).await,
    }
}

async fn go_on(world: &World, form: &Parameters) -> Response {
    match form.get("attempt") {
        Some(id) => proceed(world, id).await,
        None => pages::blocked::forgotten().response(),
    }
}
