//! The provider adapter on real sockets, against the practice Google and against answers that no
//! honest server gives.

mod bench;
mod classification;
mod config;
mod connecting;
mod faults;
mod generic;
mod keeping;
mod narrowing;
mod script;
mod scripted;
mod wrong_clock;
