//! The file that an interpreter was given.

use std::{
    ffi::OsStr,
    fs::{self, File},
    path::{Path, PathBuf},
};

use super::{
    file::Stamp,
    process::{Process, open_regular},
};

#[derive(Debug)]
pub(super) struct Script {
    /// Without links.
    pub(super) path: PathBuf,
    pub(super) file: File,
    pub(super) stamp: Stamp,
}

/// `None` where it is no regular file, or another one in the process's own view of the disk. A relative
/// path counts from the folder in which the process is now.
pub(super) fn locate(process: &Process, argument: &OsStr) -> Option<Script> {
    let named = Path::new(argument);
    let path = if named.is_absolute() {
        fs::canonicalize(named).ok()?
    } else {
        fs::canonicalize(process.link("cwd").ok()?.join(named)).ok()?
    };
    let (file, stamp) = open_regular(&path).ok()?;
    let theirs = process.own_view(&path).ok()?;
    (theirs.id == stamp.id).then_some(Script { path, file, stamp })
}
