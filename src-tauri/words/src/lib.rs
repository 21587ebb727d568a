//! The sentences of `ui/messages`, for the parts that speak outside the window: tray, browser page,
//! notifications, command line, answers to programs. The build fails when one that is needed is missing (`build.rs`).
//!
//! A process speaks one language at a time: `speak` sets it, everything said afterwards is in it.

mod choice;
mod form;
mod language;
mod sentences;
mod system;

pub use choice::Choice;
pub use language::{Language, chosen, speak, spoken};
pub use sentences::{listed, one_after_the_other, say, say_in};
pub use system::{locale, of_system};
