//! The database's errors by what a person can do about them.

use evergrant_domain::{Code, Fault};
use rusqlite::{Error, ErrorCode, ffi};

/// Sorts an error. Its text names no values: the library's own words, without the statement.
pub(super) fn fault(error: &Error) -> Fault {
    match error {
        Error::SqliteFailure(failure, _) if no_room(*failure) => Code::DiskFull.into(),
        Error::SqliteFailure(failure, _) => Fault::with_detail(Code::LedgerFailed, &failure.to_string()),
        _ => Fault::with_detail(Code::LedgerFailed, "an unexpected answer"),
    }
}

/// A file that is no database, or no longer a whole one.
pub(super) fn damaged(error: &Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt)
    )
}

/// The file beside the database that readers share is grown by another call, which says it otherwise.
fn no_room(failure: ffi::Error) -> bool {
    failure.code == ErrorCode::DiskFull || failure.extended_code == ffi::SQLITE_IOERR_SHMSIZE
}
