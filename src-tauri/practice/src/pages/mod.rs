//! The pages a person sees. They borrow Google's order, never its looks.

pub mod blocked;
pub mod chooser;
pub mod consent;
pub mod permissions;
pub mod unverified;

use axum::{
    http::{StatusCode, header},
    response::{Html, IntoResponse as _, Response},
};
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("style.css");

/// How the app calls itself on the pages.
const APP: &str = "Evergrant (practice)";

/// A page, before it is sent.
#[derive(Debug)]
pub struct Page {
    status: StatusCode,
    /// For a robot: which page this is.
    name: &'static str,
    title: String,
    body: Markup,
}

impl Page {
    fn new(name: &'static str, title: impl Into<String>, body: Markup) -> Self {
        Self {
            status: StatusCode::OK,
            name,
            title: title.into(),
            body,
        }
    }

    fn with_status(mut self, status: u16) -> Self {
        self.status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
        self
    }

    pub fn response(self) -> Response {
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) " – Practice" }
                    style { (PreEscaped(STYLE)) }
                }
                body data-page=(self.name) {
                    p.practice { strong { "Practice" } " — this is not Google. Nothing here is real." }
                    main { (self.body) }
                }
            }
        };
        let headers = [
            (
                header::CONTENT_SECURITY_POLICY,
                "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'",
            ),
            (header::CACHE_CONTROL, "no-store"),
            (header::REFERRER_POLICY, "same-origin"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ];
        (self.status, headers, Html(page.into_string())).into_response()
    }
}

/// A picture, a name and an email address.
fn person_card(person: &crate::state::Person) -> Markup {
    html! {
        img.face src={ "/picture/" (person.local_part()) ".png" } alt="" width="52" height="52";
        span.who {
            span.name { (person.name) }
            span.email { (person.email) }
        }
        @if let Some(hd) = &person.hd {
            span.badge { (hd) }
        }
    }
}

/// The hidden number by which the form finds its attempt.
fn attempt_field(id: &str) -> Markup {
    html! { input type="hidden" name="attempt" value=(id); }
}
