//! Engine and adapters composed: everything but the window. Runs headless too.
//!
//! `interface` is all that a window sees of it.

mod agent;
#[cfg(feature = "bench")]
pub mod bench;
mod board;
mod builtin;
pub mod hardening;
pub mod interface;
pub mod log;
mod pages;
mod practice;
mod profile;
mod profiles;
mod programs;
mod requests;
mod view;

pub use agent::{Agent, Options};
pub use evergrant_broker::door::Door;
pub use evergrant_words as messages;
