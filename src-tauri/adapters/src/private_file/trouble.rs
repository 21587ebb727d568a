use std::io::{self, ErrorKind};

use evergrant_domain::{Code, Fault};

/// Why a private file cannot be used. Nothing was changed then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    NotThere,
    /// Others can open the file or its folder; the mode, as `chmod` writes it.
    OpenToOthers {
        mode: u32,
    },
    OfSomebodyElse,
    /// A link, a folder, or a path that does not begin at the root.
    NotAFile,
    TooLarge,
    /// Another program holds the lock.
    Held,
    NoRoom,
    /// Something stands there already that is not to be replaced.
    InTheWay,
    /// The system refused otherwise.
    Refused(ErrorKind),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound => Self::NotThere,
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Self::NoRoom,
            ErrorKind::IsADirectory => Self::NotAFile,
            kind => Self::Refused(kind),
        }
    }
}

impl From<Trouble> for Fault {
    fn from(trouble: Trouble) -> Self {
        let denied = |words: &str| Self::with_detail(Code::VaultDenied, words);
        match trouble {
            Trouble::OpenToOthers { mode } => {
                denied(&format!("others can open the file or its folder (mode {mode:o})"))
            }
            Trouble::OfSomebodyElse => denied("the file or its folder belongs to somebody else"),
            Trouble::NotAFile => denied("it is a link or no file"),
            Trouble::Refused(ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) => {
                denied("the system does not let this program at the file")
            }
            Trouble::Held => Code::VaultFileBusy.into(),
            Trouble::NoRoom => Code::DiskFull.into(),
            Trouble::TooLarge => Self::with_detail(Code::VaultFileDamaged, "it is far too large"),
            Trouble::NotThere => Self::with_detail(Code::VaultFailed, "the file is not there"),
            Trouble::InTheWay => Self::with_detail(Code::VaultFailed, "something stands in the way"),
            Trouble::Refused(kind) => Self::with_detail(Code::VaultFailed, &kind.to_string()),
        }
    }
}
