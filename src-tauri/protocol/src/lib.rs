//! What goes over the broker's socket: the words of both sides, and a client that needs no runtime.
//!
//! The paths are versioned; `docs/openapi.json` describes them and the broker's tests hold the two together.

#[cfg(unix)]
pub mod client;
pub mod command;
pub mod place;
mod problem;
mod program;
mod token;

pub use problem::{Problem, ProblemCode};
pub use program::{
    AccountList, AccountState, AccountView, AskGrants, GrantList, GrantView, GrantWish, Report, ReportKind,
    Reported, SeenAs, Status,
};
pub use token::{AccountName, TokenAnswer, TokenRequest};

/// The version in every path.
pub const VERSION: u32 = 1;
