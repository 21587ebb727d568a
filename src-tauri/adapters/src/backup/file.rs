//! The file of a backup, wherever a person wants it: its folder need not be theirs alone, for a stick has no
//! owners.

use std::{
    fs::File,
    io::{ErrorKind, Read},
    path::Path,
};

use evergrant_domain::{Code, Fault};

use super::Backup;
use crate::private_file::{Standing, Trouble, put};
use crate::sealing::{self, Shut, To, With, Work};

/// More than any backup, in bytes.
const LONGEST: u64 = 64 * 1024 * 1024;
/// How an age file begins.
const AGE: &[u8] = b"age-encryption.org/v1\n";

/// Why there is no backup. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unwritten {
    /// A file of this name stands there and was not to be replaced.
    Exists,
    /// The system refused.
    Refused(ErrorKind),
    Fault(Fault),
}

impl From<Trouble> for Unwritten {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::InTheWay => Self::Exists,
            Trouble::NotThere => Self::Refused(ErrorKind::NotFound),
            Trouble::Refused(kind) => Self::Refused(kind),
            Trouble::NotAFile => Self::Refused(ErrorKind::IsADirectory),
            other => Self::Fault(other.into()),
        }
    }
}

/// Why a backup is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// The system refused, or there is no such file.
    Refused(ErrorKind),
    /// `PassphraseWrong`, `BackupUnreadable`.
    Fault(Fault),
}

/// Seals a backup and writes it, 0600, whole or not at all. Blocks for about a second.
///
/// # Errors
/// See [`Unwritten`].
pub fn write(path: &Path, backup: &Backup, to: &To, work: Work, replace: bool) -> Result<(), Unwritten> {
    let sealed = sealing::seal(to, work, &backup.encode()).map_err(Unwritten::Fault)?;
    let standing = if replace {
        Standing::Replaced
    } else {
        Standing::Kept
    };
    let mut draft = path.as_os_str().to_owned();
    draft.push(".new");
    put(draft.as_ref(), path, &sealed, standing, || Ok(()))
}

/// Reads and opens a backup. Blocks for about a second.
///
/// # Errors
/// See [`Unread`].
pub fn read(path: &Path, with: &With) -> Result<Backup, Unread> {
    let refused = |error: std::io::Error| Unread::Refused(error.kind());
    let file = File::open(path).map_err(refused)?;
    let mut sealed = Vec::new();
    file.take(LONGEST).read_to_end(&mut sealed).map_err(refused)?;
    open(&sealed, with).map_err(Unread::Fault)
}

fn open(sealed: &[u8], with: &With) -> Result<Backup, Fault> {
    let plain = sealing::open(with, sealed).map_err(|shut| match shut {
        Shut::WrongKey => Code::PassphraseWrong.into(),
        Shut::Damaged if sealed.starts_with(AGE) => {
            Fault::with_detail(Code::BackupUnreadable, "it is cut short or was changed")
        }
        Shut::Damaged => Code::BackupUnreadable.into(),
    })?;
    Backup::decode(&plain)
}
