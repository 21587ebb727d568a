//! Which account?

use super::{APP, Page, attempt_field, person_card};
use crate::state::Person;
use maud::html;

pub fn page(attempt: &str, people: &[&Person]) -> Page {
    let body = html! {
        h1 { "Choose an account" }
        p.soft { "to go on to " strong { (APP) } }
        @if people.is_empty() {
            p.notice { "Nobody here belongs to the organisation that the app asked for." }
        }
        form method="post" action="/signin/person" {
            (attempt_field(attempt))
            ul.people {
                @for person in people {
                    li {
                        button.person id={ "person-" (person.local_part()) } name="person" value=(person.sub) {
                            (person_card(person))
                        }
                    }
                }
            }
            div.choices {
                button.choice id="deny" name="decision" value="deny" { "Cancel" }
            }
        }
    };
    Page::new("chooser", "Choose an account", body)
}
