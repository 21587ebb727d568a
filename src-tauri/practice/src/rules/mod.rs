//! What may happen to a grant: pure functions over `State`, with the time passed in.

pub mod access;
pub mod authorize;
pub mod blocked;
pub mod clients;
pub mod codes;
pub mod endings;
pub mod refresh;
pub mod refusal;
pub mod steps;

#[cfg(test)]
mod tests;
