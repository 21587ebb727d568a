//! The errors that never come back to the app: the person sees them here.

use super::{APP, Page};
use crate::rules::blocked::Blocked;
use axum::response::Response;
use maud::html;

pub fn page(blocked: &Blocked) -> Response {
    content(blocked).response()
}

pub fn content(blocked: &Blocked) -> Page {
    let body = html! {
        h1 { "Access blocked" }
        p { (APP) " sent a request that cannot be let through." }
        p.notice id="error" { "Error " (blocked.status) ": " (blocked.error) }
        @if !blocked.detail.is_empty() {
            p { code id="detail" { (blocked.detail) } }
        }
        p.soft { "You can close this window and go back to the app." }
    };
    Page::new("blocked", "Access blocked", body).with_status(blocked.status)
}

/// A page that was left open too long, or was answered twice.
pub fn forgotten() -> Page {
    let body = html! {
        h1 { "This page is no longer open" }
        p { "The sign-in that it belonged to is over. Go back to the app and start again." }
    };
    Page::new("forgotten", "No longer open", body).with_status(400)
}
