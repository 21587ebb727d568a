//! The worker of one account: takes orders, steps the rules, runs what they ask for.

mod exam;
mod granted;
mod handle;
mod shelf;
mod tasks;
mod worker;

pub use handle::AccountHandle;
pub(crate) use worker::{Beginning, Worker};
