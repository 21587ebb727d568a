//! Rules of the house that no compiler checks. Each is a pure function from what was read to the
//! breaches found, with a bad sample beside it that proves it can fail; `tests/house.rs` runs them
//! over this repository.

pub mod breach;
pub mod crates;
pub mod features;
pub mod sources;
pub mod tidy;
