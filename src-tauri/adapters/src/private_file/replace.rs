//! Old or new, and nothing in between: a draft in the same folder, synced, renamed, the folder synced.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::Path,
};

use super::{Trouble, owner};

/// What may happen to a file that stands there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Replaced,
    Kept,
}

/// Writes `draft`, and makes it `path`. Killed or without power at any moment, `path` is what it was or
/// what it should be. `last_chance` is asked once the draft is on the disk.
///
/// # Errors
/// `InTheWay` where something stands that is kept; `NoRoom`; those of `last_chance`.
pub(crate) fn put<E: From<Trouble>>(
    draft: &Path,
    path: &Path,
    bytes: &[u8],
    standing: Standing,
    last_chance: impl FnOnce() -> Result<(), E>,
) -> Result<(), E> {
    let placed = write_synced(draft, bytes)
        .map_err(E::from)
        .and_then(|()| last_chance())
        .and_then(|()| place(draft, path, standing).map_err(E::from));
    if placed.is_err() {
        // Half a draft is of no use; the error to tell is the first one.
        let _ = fs::remove_file(draft);
    }
    placed
}

/// Makes a draft that is on the disk the file.
pub(crate) fn place(draft: &Path, path: &Path, standing: Standing) -> Result<(), Trouble> {
    rename(draft, path, standing)?;
    Ok(sync_folder(path)?)
}

/// Writes a draft to the disk.
pub(crate) fn write_synced(draft: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    match fs::remove_file(draft) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    let mut file = owner::open(OpenOptions::new().write(true).create_new(true), draft)?;
    file.write_all(bytes)?;
    Ok(file.sync_all()?)
}

fn rename(draft: &Path, path: &Path, standing: Standing) -> Result<(), Trouble> {
    if standing == Standing::Kept {
        return rename_beside(draft, path);
    }
    Ok(fs::rename(draft, path)?)
}

/// In one step, where the file system can: nothing that appears meanwhile is replaced either.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn rename_beside(draft: &Path, path: &Path) -> Result<(), Trouble> {
    use rustix::{
        fs::{CWD, RenameFlags, renameat_with},
        io::Errno,
    };
    match renameat_with(CWD, draft, CWD, path, RenameFlags::NOREPLACE) {
        Ok(()) => Ok(()),
        Err(Errno::EXIST) => Err(Trouble::InTheWay),
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => look_and_rename(draft, path),
        Err(error) => Err(io::Error::from(error).into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn rename_beside(draft: &Path, path: &Path) -> Result<(), Trouble> {
    look_and_rename(draft, path)
}

pub(super) fn look_and_rename(draft: &Path, path: &Path) -> Result<(), Trouble> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(Trouble::InTheWay);
    }
    Ok(fs::rename(draft, path)?)
}

/// Only then does the new name outlast the power (fsync(2)).
fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}
