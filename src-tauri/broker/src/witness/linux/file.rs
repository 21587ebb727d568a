//! Which file, and in which state.

use std::{io, path::Path};

use rustix::fs::{FileType, Stat as FileStatus, stat};

/// Which file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::witness) struct FileId {
    device: u64,
    inode: u64,
}

/// Which file, and in which state: another one after each change of its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::witness) struct Stamp {
    pub(super) id: FileId,
    pub(in crate::witness) size: u64,
    pub(super) regular: bool,
    modified: (i64, i64),
    /// Set by the kernel alone, unlike `modified`.
    changed: (i64, i64),
}

impl Stamp {
    // The fields are of other widths on other processors.
    #[allow(
        clippy::useless_conversion,
        clippy::cast_sign_loss,
        clippy::cast_possible_wrap
    )]
    pub(super) fn of(status: &FileStatus) -> Self {
        Self {
            id: FileId {
                device: status.st_dev,
                inode: status.st_ino,
            },
            size: status.st_size as u64,
            regular: FileType::from_raw_mode(status.st_mode) == FileType::RegularFile,
            modified: (i64::from(status.st_mtime), status.st_mtime_nsec as i64),
            changed: (i64::from(status.st_ctime), status.st_ctime_nsec as i64),
        }
    }

    pub(super) fn of_path(path: &Path) -> io::Result<Self> {
        Ok(Self::of(&stat(path)?))
    }
}
