//! One consent attempt, from the link to a stored grant.

pub mod ask;
pub mod attempt;
mod attempt_id;
pub mod callback;

pub use attempt_id::AttemptId;
