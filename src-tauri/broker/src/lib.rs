//! How other programs ask for a token, and how a person decides who gets what.
//!
//! `witness` says who asks, `judgement` what follows from it, `approval` asks the person, `server` speaks
//! HTTP over the socket that `door` keeps. Accounts, the book of grants and the log are ports.

mod approval;
mod broker;
#[cfg(any(test, feature = "fakes"))]
pub mod contract;
pub mod door;
#[cfg(any(test, feature = "fakes"))]
pub mod fakes;
mod freshness;
pub mod judgement;
mod person;
pub mod ports;
pub mod program;
mod record;
mod server;
mod undo;
mod usage;
pub mod witness;

pub use approval::Shown;
pub use broker::{Broker, Setup};
pub use program::{Ancestor, Assurance, Origin, Program, ProgramKey};
pub use undo::TakenBack;
