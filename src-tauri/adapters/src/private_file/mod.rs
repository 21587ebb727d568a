//! Files that hold secrets: their owner's alone (0600 in a folder of 0700), read only while that is so, and
//! replaced whole or not at all.

mod lock;
mod owner;
mod replace;
mod trouble;

use std::{
    fs::{self, File, OpenOptions},
    io::{ErrorKind, Read},
    path::{Path, PathBuf},
    time::Duration,
};

use zeroize::Zeroizing;

pub(crate) use lock::Lock;
pub(crate) use replace::{Standing, place, put, write_synced};
pub(crate) use trouble::Trouble;

/// More than any of these files ever holds, in bytes.
const LONGEST: u64 = 16 * 1024 * 1024;

/// One such file, with its lock and its draft beside it.
#[derive(Clone, Debug)]
pub(crate) struct PrivateFile {
    path: PathBuf,
}

impl PrivateFile {
    pub(crate) fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// What stands in it; `None` where there is no file.
    ///
    /// # Errors
    /// Among others `OpenToOthers` and `OfSomebodyElse`, of the file or its folder: then nothing was read.
    pub(crate) fn read(&self) -> Result<Option<Zeroizing<Vec<u8>>>, Trouble> {
        if !self.stands()? {
            return Ok(None);
        }
        owner::folder(self.folder()?)?;
        read(&self.path).map(Some)
    }

    /// Keeps other programs from writing, for as long as it is held. Makes the folder where there is none.
    ///
    /// # Errors
    /// `Held` where another program keeps it longer than `patience`.
    pub(crate) fn lock(&self, patience: Duration) -> Result<Lock, Trouble> {
        let folder = self.folder()?;
        owner::make_folder(folder)?;
        owner::folder(folder)?;
        Lock::take(&beside(&self.path, ".lock"), patience)
    }

    /// Removes what a program that was killed left of its draft. Whoever holds the lock has none under way.
    pub(crate) fn clear(&self, _lock: &Lock) {
        if fs::remove_file(self.draft()).is_ok() {
            tracing::info!("a draft that was left behind was removed");
        }
    }

    /// Puts these bytes in place of what stood there. `last_chance` is asked just before it counts; its
    /// error leaves everything as it was.
    ///
    /// # Errors
    /// Those of `last_chance`, or the trouble, which left the file as it was, or as it should be but not
    /// surely on the disk.
    pub(crate) fn replace<E: From<Trouble>>(
        &self,
        _lock: &Lock,
        bytes: &[u8],
        last_chance: impl FnOnce() -> Result<(), E>,
    ) -> Result<(), E> {
        put(&self.draft(), &self.path, bytes, Standing::Replaced, last_chance)
    }

    fn draft(&self) -> PathBuf {
        beside(&self.path, ".new")
    }

    fn stands(&self) -> Result<bool, Trouble> {
        match fs::symlink_metadata(&self.path) {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    fn folder(&self) -> Result<&Path, Trouble> {
        let folder = self.path.parent().filter(|folder| folder.is_absolute());
        folder.ok_or(Trouble::NotAFile)
    }
}

/// Reads a file that is its owner's alone, whatever its folder.
///
/// # Errors
/// As `PrivateFile::read`; and `NotThere`.
pub(crate) fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, Trouble> {
    let mut file = owner::open(OpenOptions::new().read(true), path)?;
    owner::file(&file)?;
    let length = whole_length(&file)?;
    // All the room at once: growing would leave copies behind that nobody wipes.
    let mut bytes = Zeroizing::new(Vec::with_capacity(length + 64));
    file.by_ref().take(LONGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn whole_length(file: &File) -> Result<usize, Trouble> {
    let length = file.metadata()?.len();
    let fits = usize::try_from(length).ok().filter(|_| length < LONGEST);
    fits.ok_or(Trouble::TooLarge)
}

/// The same path with an ending more.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

#[cfg(all(test, unix))]
mod tests;
