//! Engine and adapters composed: everything but the window. Runs headless too.

pub mod interface;
pub mod messages;
