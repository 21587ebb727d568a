//! What an attempt needs next: a page, or its redirect.

use super::{
    authorize::Attempt,
    blocked::{self, Blocked},
};
use crate::{
    clock::{HOUR, Moment},
    scopes::Scopes,
    state::{Person, State, Sub},
};

/// Guess: how long a person may take between two pages.
const ATTEMPT_LIFETIME: Moment = HOUR;

#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    Chooser,
    UnverifiedWarning,
    SignIn,
    Access,
    Finish(Agreement),
    Blocked(Blocked),
    /// Back to the app with this error and no code.
    Denied(&'static str),
}

/// What the person agreed to, and whether they were asked at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    pub sub: Sub,
    pub scopes: Scopes,
    /// A refresh token is given only when a consent screen was shown.
    pub consent_shown: bool,
}

pub fn next(state: &State, attempt: &Attempt) -> Step {
    let request = &attempt.request;
    if request.prompt.none {
        return without_pages(state, attempt);
    }
    let Some(person) = chosen(state, attempt) else {
        return Step::Chooser;
    };
    if let Some(blocked) = blocked::for_person(&state.project, person) {
        return Step::Blocked(blocked);
    }
    let agreed_before = state
        .grants
        .get(&person.sub)
        .is_some_and(|held| held.covers(&request.scopes));
    if agreed_before && !request.prompt.consent {
        return finish(person, request.scopes.clone(), false);
    }
    let access = request.scopes.access();
    if state.project.unverified_warning && !access.is_empty() && !attempt.passed_warning {
        return Step::UnverifiedWarning;
    }
    let sign_in = request.scopes.sign_in();
    if !sign_in.is_empty() && !attempt.agreed_to_sign_in {
        return Step::SignIn;
    }
    match &attempt.agreed_to_access {
        _ if access.is_empty() => finish(person, sign_in, true),
        None => Step::Access,
        // Guess: nothing ticked counts as a refusal.
        Some(ticked) if ticked.is_empty() => Step::Denied("access_denied"),
        Some(ticked) => finish(person, sign_in.union(ticked), true),
    }
}

/// `prompt=none` (OIDC Core 3.1.2.6). The emulated browser is signed in to everybody.
/// Guess: which of the errors Google answers.
fn without_pages(state: &State, attempt: &Attempt) -> Step {
    let request = &attempt.request;
    let Some(hint) = &request.login_hint else {
        return Step::Denied("account_selection_required");
    };
    let Some(person) = state.person_hinted(hint) else {
        return Step::Denied("login_required");
    };
    if blocked::for_person(&state.project, person).is_some() {
        return Step::Denied("interaction_required");
    }
    if state
        .grants
        .get(&person.sub)
        .is_some_and(|held| held.covers(&request.scopes))
    {
        return finish(person, request.scopes.clone(), false);
    }
    Step::Denied("consent_required")
}

fn finish(person: &Person, scopes: Scopes, consent_shown: bool) -> Step {
    Step::Finish(Agreement {
        sub: person.sub.clone(),
        scopes,
        consent_shown,
    })
}

/// A matching `login_hint` stands for a choice, unless the app asked for the chooser.
fn chosen<'state>(state: &'state State, attempt: &Attempt) -> Option<&'state Person> {
    if let Some(sub) = &attempt.person {
        return state.person(sub);
    }
    let request = &attempt.request;
    let hint = request
        .login_hint
        .as_deref()
        .filter(|_| !request.prompt.select_account)?;
    state.person_hinted(hint)
}

/// `hd` narrows the chooser. It is a hint: the app must still check the `id_token`.
pub fn offered<'state>(state: &'state State, attempt: &Attempt) -> Vec<&'state Person> {
    state
        .people
        .iter()
        .filter(|person| !person.deleted)
        .filter(|person| match attempt.request.hd.as_deref() {
            None => true,
            Some("*") => person.hd.is_some(),
            wanted => person.hd.as_deref() == wanted,
        })
        .collect()
}

pub fn forget_abandoned(state: &mut State, now: Moment) {
    state
        .attempts
        .retain(|_, attempt| now < attempt.started_at + ATTEMPT_LIFETIME);
}
