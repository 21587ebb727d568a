//! How other programs ask for a token, and how a person decides who gets what.
//!
//! `witness` says who asks, `judgement` what follows from it, `approval` asks the person, `server` speaks
//! HTTP over the socket that `door` keeps. Accounts, the book of grants and the log are ports.

#[cfg(any(test, feature = "fakes"))]
pub mod contract;
#[cfg(any(test, feature = "fakes"))]
pub mod fakes;
pub mod door;
pub mod judgement;
pub mod ports;
pub mod program;
pub mod witness;

pub use program::{Ancestor, Assurance, Origin, Program, ProgramKey};
