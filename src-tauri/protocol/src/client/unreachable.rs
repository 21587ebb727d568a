use std::io::{self, ErrorKind};

use crate::Problem;

/// Why no answer came, named by what the asker can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreachable {
    /// Nobody listens: start Evergrant.
    NotRunning,
    /// The system gives this person no runtime folder, or its name is too long for a socket.
    NoPlace,
    /// The socket or its folder belongs to somebody else: do not use it.
    Stranger,
    /// Nothing came within the time allowed: ask again later.
    Silent,
    /// What came is no answer: broken off, too large or not understood.
    Broken,
}

/// Why a request was not answered as hoped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The broker says why.
    Problem(Box<Problem>),
    Unreachable(Unreachable),
}

impl From<Unreachable> for Refusal {
    fn from(why: Unreachable) -> Self {
        Self::Unreachable(why)
    }
}

/// What a failed read or write of a connection means.
pub(super) fn of(error: &io::Error) -> Unreachable {
    match error.kind() {
        ErrorKind::WouldBlock | ErrorKind::TimedOut => Unreachable::Silent,
        _ => Unreachable::Broken,
    }
}
