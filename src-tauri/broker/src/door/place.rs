//! Where the socket stands: a folder that only we can enter, and a name in it that is ours.

use std::{
    fs::{self, DirBuilder, Metadata, Permissions},
    io,
    os::unix::{
        fs::{DirBuilderExt, FileTypeExt, MetadataExt, PermissionsExt},
        net::UnixListener,
    },
    path::{Path, PathBuf},
};

use rustix::{
    io::{Errno, ioctl_fionbio},
    net::{AddressFamily, SocketAddrUnix, SocketType, connect, socket},
};

use super::{DoorTrouble, lock::Lock};

const ROOT: u32 = 0;
const OPEN_TO_OTHERS: u32 = 0o077;
const CHANGED_BY_OTHERS: u32 = 0o022;
const STICKY: u32 = 0o1000;

pub(super) fn own_uid() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// Makes the folder where there is none, and looks at what is there.
///
/// Nobody else can then put anything in its place between the look and the use: it would take the
/// right to write in it or in its parent.
pub(super) fn folder(folder: &Path) -> Result<(), DoorTrouble> {
    let parent = folder.parent().ok_or(DoorTrouble::NoPlace)?;
    parent_is_safe(parent)?;
    match DirBuilder::new().mode(0o700).create(folder) {
        Err(refused) if refused.kind() != io::ErrorKind::AlreadyExists => return Err(refused.into()),
        _ => {}
    }
    folder_is_safe(folder)
}

pub(super) fn folder_is_safe(folder: &Path) -> Result<(), DoorTrouble> {
    let found = fs::symlink_metadata(folder)?;
    let closed = found.mode() & OPEN_TO_OTHERS == 0;
    if found.is_dir() && found.uid() == own_uid() && closed {
        Ok(())
    } else {
        Err(DoorTrouble::UnsafeFolder(folder.to_owned()))
    }
}

/// Who may write in the parent could put another folder in place of ours, unless the sticky bit forbids it.
fn parent_is_safe(parent: &Path) -> Result<(), DoorTrouble> {
    let nowhere = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => DoorTrouble::NoPlace,
        _ => error.into(),
    };
    let trusted = |found: &Metadata| [own_uid(), ROOT].contains(&found.uid());
    let named = fs::symlink_metadata(parent).map_err(nowhere)?;
    let meant = fs::metadata(parent).map_err(nowhere)?;
    let kept = meant.mode() & CHANGED_BY_OTHERS == 0 || meant.mode() & STICKY != 0;
    if meant.is_dir() && trusted(&named) && trusted(&meant) && kept {
        Ok(())
    } else {
        Err(DoorTrouble::UnsafeFolder(parent.to_owned()))
    }
}

/// A socket that we made. Removed when dropped, unless something else stands there by then: to be
/// dropped before its listener, which keeps its inode from being given to another.
pub(super) struct Socket {
    path: PathBuf,
    made: (u64, u64),
}

impl Socket {
    /// Takes the name, which only the holder of the lock may do, and listens there.
    pub(super) fn bind(path: &Path, _lock: &Lock) -> Result<(UnixListener, Self), DoorTrouble> {
        clear(path)?;
        let listener = UnixListener::bind(path)?;
        // Until here the folder alone keeps others out. A umask would hold for every thread.
        fs::set_permissions(path, Permissions::from_mode(0o600))?;
        let made = identity(&fs::symlink_metadata(path)?);
        let path = path.to_owned();
        Ok((listener, Self { path, made }))
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        if fs::symlink_metadata(&self.path).is_ok_and(|found| identity(&found) == self.made) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn identity(found: &Metadata) -> (u64, u64) {
    (found.dev(), found.ino())
}

/// Removes what an Evergrant that was killed left there. Never a file, a folder, or what a link leads to.
fn clear(path: &Path) -> Result<(), DoorTrouble> {
    let found = match fs::symlink_metadata(path) {
        Ok(found) => found,
        Err(none) if none.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(refused) => return Err(refused.into()),
    };
    let kind = found.file_type();
    if found.uid() != own_uid() || !(kind.is_socket() || kind.is_symlink()) {
        return Err(DoorTrouble::UnsafeFolder(path.to_owned()));
    }
    if kind.is_socket() && somebody_listens(path)? {
        return Err(DoorTrouble::Taken);
    }
    Ok(fs::remove_file(path)?)
}

/// Whoever listens without our lock is the system, on behalf of an Evergrant that it starts when asked.
fn somebody_listens(path: &Path) -> io::Result<bool> {
    let probe = socket(AddressFamily::UNIX, SocketType::STREAM, None)?;
    ioctl_fionbio(&probe, true)?;
    let heard = connect(&probe, &SocketAddrUnix::new(path)?);
    Ok(!matches!(heard, Err(Errno::CONNREFUSED | Errno::NOENT)))
}
