//! One consent attempt, from the link to a stored grant.

pub mod ask;
pub mod attempt;
pub mod callback;
