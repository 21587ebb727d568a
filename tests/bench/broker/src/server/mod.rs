//! The servers that are measured, each in a process of its own.
//!
//! The broker is the whole product but for what a thousand accounts would need of this computer: its
//! real door, witness, judgement, book, log, index of accounts and engine, over the engine's own fakes
//! of vault and ledger, and a provider that answers after a while.

mod composed;
mod echo;
mod past;
mod provider;
mod setting;

pub use composed::broker;
pub use echo::echo;
pub use setting::{Setting, address};
