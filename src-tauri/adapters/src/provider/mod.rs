//! A provider over HTTPS: Google, the practice Google, and any OIDC issuer.
//!
//! - `oidc`: the port made real; each of its calls has a file of its own beside it.
//! - `classify`: the one place where a failed call becomes a fault.
//! - `http`: the one way out, its bounds, and whom it trusts.
//!
//! Absent on purpose: retries of anything that counts (the engine decides), any log of a body, a
//! query or a header.

mod address;
mod api;
mod bearer;
mod cached;
mod classify;
mod client_auth;
mod consent;
mod discovery;
mod endpoint;
mod error_body;
mod exchange;
mod failure;
mod http;
mod identity;
mod keys;
mod known;
mod oidc;
mod picture;
mod reach;
mod refresh;
mod retry_after;
mod revoke;
mod skew;
mod token_answer;
mod token_call;
mod userinfo;
#[cfg(feature = "fakes")]
pub mod wireless;

pub use address::{Address, AddressMistake};
pub use classify::classify;
pub use endpoint::Endpoint;
pub use failure::Failure;
pub use http::{Http, Limits};
pub use known::{google, practice};
pub use oidc::OidcProvider;
pub use reach::reach;
