//! Engine and adapters composed: everything but the window. Runs headless too.
//!
//! `interface` is all that a window sees of it.

mod agent;
mod backup;
#[cfg(feature = "bench")]
pub mod bench;
mod board;
mod browsers;
mod browsing;
mod builtin;
pub mod clock;
pub mod commands;
pub mod hardening;
mod history;
pub mod interface;
mod label;
mod language;
pub mod leaving;
pub mod log;
#[cfg(feature = "fail-points")]
pub mod mortal;
mod moving;
mod pages;
mod practice;
mod profile;
mod profiles;
mod programs;
mod requests;
mod running;
pub mod said;
mod settings;
mod showing;
mod together;
mod vaults;
mod view;
pub mod walk;
mod wrong_clock;

pub use agent::{Agent, Options};
pub use evergrant_broker::door::Door;
pub use evergrant_domain::secret::Passphrase;
pub use evergrant_words as messages;
