//! What goes into a backup, and what of it comes back.

mod collect;
mod restore;

pub use collect::collect;
pub use restore::{Outcome, What, restore};

#[cfg(test)]
mod tests;
