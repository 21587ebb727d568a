//! One writer at a time, also among programs. The system frees the lock however its holder ends.

use std::{
    fs::{File, OpenOptions, TryLockError},
    path::Path,
    thread,
    time::{Duration, Instant},
};

use super::{Trouble, owner};

const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// Held until dropped. The file stays: to remove it would let two hold "the" lock.
#[derive(Debug)]
pub(crate) struct Lock {
    _held: File,
}

impl Lock {
    /// For whoever changes what it guards.
    pub(crate) fn take(path: &Path, patience: Duration) -> Result<Self, Trouble> {
        Self::wait(path, patience, File::try_lock)
    }

    /// For whoever only wants it left as it is, beside others who do.
    pub(crate) fn take_shared(path: &Path, patience: Duration) -> Result<Self, Trouble> {
        Self::wait(path, patience, File::try_lock_shared)
    }

    fn wait(
        path: &Path,
        patience: Duration,
        attempt: impl Fn(&File) -> Result<(), TryLockError>,
    ) -> Result<Self, Trouble> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let file = owner::open(&mut options, path)?;
        owner::file(&file)?;
        let until = Instant::now() + patience;
        loop {
            match attempt(&file) {
                Ok(()) => return Ok(Self { _held: file }),
                Err(TryLockError::WouldBlock) if Instant::now() < until => thread::sleep(LOOK_AGAIN),
                Err(TryLockError::WouldBlock) => return Err(Trouble::Held),
                Err(TryLockError::Error(error)) => return Err(error.into()),
            }
        }
    }
}
