//! A database file that is safe to trust: its owner's alone, synced at each commit, of a known
//! layout, moved aside when damaged; one thread owns the connection.

mod aside;
mod desk;
mod fault;
mod open;
mod schema;

use std::path::PathBuf;

pub(crate) use desk::Desk;
pub(crate) use open::open;
pub(crate) use schema::Layout;

/// In what condition a database file was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// There was none.
    Fresh,
    Kept,
    /// It was damaged, lies there now, and a new one was begun.
    MovedAside {
        to: PathBuf,
    },
}
