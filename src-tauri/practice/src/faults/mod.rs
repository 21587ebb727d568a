//! What can go wrong on purpose, where, and how often.

pub mod before;
pub mod body;
pub mod claims;
pub mod json;
pub mod kind;
pub mod schedule;
