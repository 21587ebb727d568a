//! One worker an account: input -> step -> effects -> answer. Owns every task; reaches the world
//! only through `ports`.
//!
//! Absent on purpose: HTTP, databases, the vault's library, windows.

pub mod account;
mod accounts;
mod caretaker;
mod clients;
mod consent;
mod engine;
pub mod event;
pub mod kept;
pub mod ports;
mod recover;
mod store;
mod turns;
mod world;

#[cfg(test)]
mod behaviour;
#[cfg(any(test, feature = "fakes"))]
pub mod contract;
#[cfg(any(test, feature = "fakes"))]
pub mod fakes;

pub use clients::{Which, client_label, clients_of};
pub use consent::ConsentHandle;
pub use engine::{Engine, account_id};
pub use store::keep_item;
pub use world::{ClientSource, KnownProvider, World};
