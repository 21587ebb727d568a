//! What the app asks for: first who the person is, then what it may see or change.

use super::{APP, Page, attempt_field, person_card};
use crate::{
    rules::authorize::Attempt,
    scopes::{EMAIL, OFFLINE_ACCESS, PROFILE, in_plain_words},
    state::{Person, State},
};
use maud::{Markup, html};

pub fn sign_in(state: &State, id: &str, attempt: &Attempt) -> Page {
    let scopes = &attempt.request.scopes;
    let body = html! {
        h1 { "Sign in to " (APP) }
        (account(state, attempt))
        p { "The app will know:" }
        ul.asked {
            li { (line("That it is you")) }
            @if scopes.has(PROFILE) { li { (line("Your name and photo")) } }
            @if scopes.has(EMAIL) { li { (line("Your email address")) } }
            @if scopes.has(OFFLINE_ACCESS) { li { (line("This, also while you are away")) } }
        }
        form method="post" action="/signin/sign-in" {
            (attempt_field(id))
            div.choices { (deny("Cancel")) (go_on("Continue")) }
        }
    };
    Page::new("sign-in", "Sign in", body)
}

/// More than one scope: a checkbox for each. Guess: all are ticked at first.
pub fn access(state: &State, id: &str, attempt: &Attempt) -> Page {
    let scopes = attempt.request.scopes.access();
    let several = scopes.iter().count() > 1;
    let body = html! {
        h1 { (APP) " wants access to your account" }
        (account(state, attempt))
        p {
            @if several { "Choose what the app may do. You can leave out what you do not want to give." }
            @else { "This lets the app:" }
        }
        form method="post" action="/signin/access" {
            (attempt_field(id))
            ul.asked {
                @for scope in scopes.iter() {
                    li {
                        @if several {
                            label {
                                input type="checkbox" name="scope" value=(scope) checked;
                                (words(scope))
                            }
                        } @else {
                            div.line { span.dot {} (words(scope)) }
                        }
                    }
                }
            }
            p.soft { "You can take this back at any time on the permissions page." }
            div.choices {
                @if several {
                    button.choice.quiet.aside id="add-nothing" name="decision" value="nothing" { "None of these" }
                }
                (deny("Cancel")) (go_on("Continue"))
            }
        }
    };
    Page::new("access", "What the app asks for", body)
}

fn account(state: &State, attempt: &Attempt) -> Markup {
    let request = &attempt.request;
    let person: Option<&Person> = attempt
        .person
        .as_deref()
        .or(request.login_hint.as_deref())
        .and_then(|who| state.person_hinted(who));
    html! {
        @if let Some(person) = person {
            div.account { (person_card(person)) }
        }
    }
}

fn line(text: &str) -> Markup {
    html! { div.line { span.dot {} span { (text) } } }
}

fn words(scope: &str) -> Markup {
    html! {
        span {
            (in_plain_words(scope).unwrap_or("Something that has no plain description"))
            code.scope { (scope) }
        }
    }
}

fn deny(text: &str) -> Markup {
    html! { button.choice id="deny" name="decision" value="deny" { (text) } }
}

fn go_on(text: &str) -> Markup {
    html! { button.choice.lead id="continue" name="decision" value="continue" { (text) } }
}
