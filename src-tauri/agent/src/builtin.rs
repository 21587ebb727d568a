//! The clients that need no import: one a maintainer built in, and the practice one.

use evergrant_domain::{Client, ClientSecret};
use evergrant_engine::ClientSource;

/// The client for Google: built in at compile time, or imported by the person.
pub fn google() -> ClientSource {
    built_in(
        option_env!("EVERGRANT_GOOGLE_CLIENT_ID"),
        option_env!("EVERGRANT_GOOGLE_CLIENT_SECRET"),
    )
}

/// The practice client. Its secret is public and protects nothing.
pub fn practice() -> ClientSource {
    built_in(
        Some(evergrant_practice::CLIENT_ID),
        Some(evergrant_practice::CLIENT_SECRET),
    )
}

fn built_in(id: Option<&str>, secret: Option<&str>) -> ClientSource {
    match id.filter(|id| !id.is_empty()) {
        Some(id) => ClientSource::BuiltIn(Client {
            id: id.to_owned(),
            secret: secret.filter(|s| !s.is_empty()).map(ClientSecret::new),
        }),
        None => ClientSource::Imported,
    }
}
