//! `/o/oauth2/v2/auth`: where a sign-in begins, and how each of its steps is shown.

use super::callback;
use crate::{
    pages,
    parameters::Parameters,
    rules::{
        authorize::{self, Attempt},
        blocked::Blocked,
        codes,
        steps::{self, Step},
    },
    world::{Shared, World},
};
use axum::{
    Extension,
    extract::State,
    http::{HeaderMap, header},
    response::Response,
};

/// What a page of the attempt leads to.
pub enum Outcome {
    Page(pages::Page),
    Callback(callback::Callback),
}

pub async fn begin(
    State(world): State<Shared>,
    headers: HeaderMap,
    Extension(parameters): Extension<Parameters>,
) -> Response {
    if embedded(&headers) {
        return pages::blocked::page(&Blocked::new(
            403,
            "disallowed_useragent",
            "Sign in from a full browser, not from a window inside another app.",
        ));
    }
    let begun = world.change(|state, now, chance| {
        codes::forget_old(state, now);
        steps::forget_abandoned(state, now);
        let request = authorize::read(state, &parameters)?;
        let id = chance.token("");
        state.attempts.insert(id.clone(), Attempt::new(request, now));
        Ok(id)
    });
    match begun {
        Ok(id) => proceed(&world, &id).await,
        Err(blocked) => pages::blocked::page(&blocked),
    }
}

/// Shows what the attempt needs next, or ends it.
pub async fn proceed(world: &World, id: &str) -> Response {
    match step(world, id) {
        Outcome::Page(page) => page.response(),
        Outcome::Callback(callback) => callback::redirect(world, callback).await,
    }
}

fn step(world: &World, id: &str) -> Outcome {
    world.change(|state, now, chance| {
        let Some(attempt) = state.attempts.get(id).cloned() else {
            return Outcome::Page(pages::blocked::forgotten());
        };
        match steps::next(state, &attempt) {
            Step::Chooser => Outcome::Page(pages::chooser::page(id, &steps::offered(state, &attempt))),
            Step::UnverifiedWarning => Outcome::Page(pages::unverified::page(id)),
            Step::SignIn => Outcome::Page(pages::consent::sign_in(state, id, &attempt)),
            Step::Access => Outcome::Page(pages::consent::access(state, id, &attempt)),
            Step::Blocked(blocked) => {
                state.attempts.remove(id);
                Outcome::Page(pages::blocked::content(&blocked))
            }
            Step::Denied(error) => {
                state.attempts.remove(id);
                Outcome::Callback(callback::denied(&attempt.request, error))
            }
            Step::Finish(agreement) => {
                state.attempts.remove(id);
                let code = codes::issue(state, &attempt.request, &agreement, now, chance);
                let hd = state.person(&agreement.sub).and_then(|person| person.hd.clone());
                Outcome::Callback(callback::granted(&attempt.request, &agreement, code, hd))
            }
        }
    })
}

/// Google refuses windows inside apps; the one it can tell for sure is Android's.
fn embedded(headers: &HeaderMap) -> bool {
    headers
        .get(header::USER_AGENT)
        .and_then(|agent| agent.to_str().ok())
        .is_some_and(|agent| agent.contains("; wv)"))
}
