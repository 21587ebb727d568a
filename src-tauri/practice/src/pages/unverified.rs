//! The warning before an app that nobody has verified.

use super::{APP, Page, attempt_field};
use maud::html;

pub fn page(attempt: &str) -> Page {
    let body = html! {
        h1 { "This app has not been verified" }
        p.notice {
            strong { (APP) } " asks for sensitive data, and nobody has checked it yet. "
            "Go on only if you know and trust whoever made it."
        }
        form method="post" action="/signin/warning" {
            (attempt_field(attempt))
            div.choices {
                button.choice id="unverified-continue" name="decision" value="continue" { "Go on all the same" }
                button.choice.lead id="deny" name="decision" value="deny" { "Back to safety" }
            }
        }
    };
    Page::new("unverified", "This app has not been verified", body)
}
