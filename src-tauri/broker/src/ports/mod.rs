//! What the broker needs of the rest of the program.

mod accounts;
mod book;
mod clock;
mod log;
mod office;

pub use accounts::{Account, Accounts, Found};
pub use book::{Book, Grant, GrantId, Known, Refusal, RefusalEnd};
pub use clock::Clock;
pub use log::{Entry, EntryOutcome, Log, Page, Search, Written};
pub use office::{Condition, Office, Undertaking};
