//! Which apps can reach an account, and the button that takes it back.

use super::{APP, Page, person_card};
use crate::{scopes::in_plain_words, state::State};
use maud::html;

pub fn page(state: &State) -> Page {
    let granted = || {
        state
            .people
            .iter()
            .filter_map(|person| state.grants.get(&person.sub).map(|scopes| (person, scopes)))
    };
    let body = html! {
        h1 { "Apps with access" }
        @if granted().next().is_none() {
            p.soft id="nobody" { "No app can reach any account." }
        }
        @for (person, scopes) in granted() {
            section id={ "grant-" (person.local_part()) } {
                div.account { (person_card(person)) }
                p { strong { (APP) } " can:" }
                ul.asked {
                    li { div.line { span.dot {} span { "Know that it is you" } } }
                    @for scope in scopes.access().iter() {
                        li { div.line { span.dot {} span { (in_plain_words(scope).unwrap_or(scope)) } } }
                    }
                }
                form method="post" action="/permissions" {
                    input type="hidden" name="person" value=(person.sub);
                    div.choices {
                        button.choice id={ "remove-" (person.local_part()) } { "Remove access" }
                    }
                }
            }
        }
    };
    Page::new("permissions", "Apps with access", body)
}
