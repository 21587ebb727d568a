//! Rules about the text itself.

pub mod debug;
pub mod expose;
pub mod length;
pub mod messages;
pub mod names;
pub mod prints;
pub mod sentences;
pub mod signals;
