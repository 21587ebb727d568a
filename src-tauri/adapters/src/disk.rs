//! What a disk's refusal means to a person.

use std::io;

use evergrant_domain::{Code, Fault};

/// `DiskFull` where there is no room, also none of this person's share; else `LedgerFailed`.
pub fn disk_fault(error: &io::Error) -> Fault {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Code::DiskFull.into(),
        kind => Fault::with_detail(Code::LedgerFailed, &kind.to_string()),
    }
}
