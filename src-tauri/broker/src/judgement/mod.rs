//! What follows when a program asks. Pure: time is passed in, nothing waits, nothing is written.

mod cooldown;
mod decision;
mod orders;
mod passes;
mod questions;

pub use cooldown::next_refusal;
pub use decision::Decision;
pub use orders::{Orders, Verdict};
pub use passes::Passes;
pub use questions::{Asker, Joined, Question, QuestionId, Questions, Wish};
