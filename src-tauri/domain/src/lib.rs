//! What a connection is: the rules, and nothing that touches the world.
//!
//! Absent on purpose: I/O, async, clocks, randomness, serde. Time and random bytes are passed in.

pub mod client;
pub mod consent;
mod digest;
pub mod fault;
pub mod grant;
pub mod identity;
pub mod lease;
pub mod lifecycle;
pub mod permission;
pub mod provider;
pub mod reason;
pub mod scope;
pub mod secret;
pub mod time;
pub mod upkeep;

pub use client::{Client, ClientKey};
pub use fault::{Code, Fault, Mender, Recovery, Severity};
pub use grant::Grant;
pub use identity::{AccountId, Person, Subject};
pub use lease::Lease;
pub use permission::{Api, Permission};
pub use scope::{Scope, ScopeSet};
pub use secret::{AccessToken, AuthorizationCode, ClientSecret, RefreshToken};
pub use time::{Moment, Timestamp};
