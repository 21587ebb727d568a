//! Whoever holds the lock keeps the door. The system frees it however the holder ends.

use std::{
    fs::{File, OpenOptions, Permissions, TryLockError},
    os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt},
    path::Path,
};

use rustix::{fs::OFlags, io::Errno};

use super::{DoorTrouble, place::own_uid};

/// Held until dropped. The file stays: to remove it would let two hold "the" lock.
pub(super) struct Lock {
    _held: File,
}

impl Lock {
    /// The lock of the socket at this path.
    pub(super) fn beside(socket: &Path) -> Result<Self, DoorTrouble> {
        Self::take(&socket.with_extension("lock"))
    }

    fn take(path: &Path) -> Result<Self, DoorTrouble> {
        // Not through a link, and without waiting for the other end of a pipe.
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .custom_flags(flags.bits().cast_signed())
            .open(path)
            .map_err(|error| match Errno::from_io_error(&error) {
                Some(Errno::LOOP) => DoorTrouble::UnsafeFolder(path.to_owned()),
                _ => error.into(),
            })?;
        let found = file.metadata()?;
        if !found.is_file() || found.uid() != own_uid() {
            return Err(DoorTrouble::UnsafeFolder(path.to_owned()));
        }
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(DoorTrouble::Taken),
            Err(TryLockError::Error(refused)) => return Err(refused.into()),
        }
        file.set_permissions(Permissions::from_mode(0o600))?;
        Ok(Self { _held: file })
    }
}
