//! Keeping the state across restarts. Tokens are in it only as fingerprints.

use crate::{state::State, world::Shared};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{task::spawn_blocking, time::sleep};

/// Changes within this time are written together.
const TOGETHER: Duration = Duration::from_millis(30);

/// Reads what was saved. A file that cannot be read as a state is kept aside, never overwritten.
pub fn load(path: &Path) -> io::Result<State> {
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(State::new()),
        Err(error) => return Err(error),
    };
    serde_json::from_slice(&text).or_else(|error| {
        tracing::warn!(%error, "the practice state cannot be read: starting afresh, the file is kept aside");
        fs::rename(path, path.with_extension("unreadable"))?;
        Ok(State::new())
    })
}

/// Writes the state after each change, off the path of the request, and once more when dropped.
#[derive(Clone)]
pub struct Saver(Arc<Inner>);

struct Inner {
    world: Shared,
    path: PathBuf,
    /// One write at a time; whoever comes second finds what is left to write.
    writing: Mutex<()>,
}

impl Saver {
    pub fn new(world: Shared, path: PathBuf) -> Self {
        let writing = Mutex::default();
        Self(Arc::new(Inner { world, path, writing }))
    }

    pub async fn save_changes(self) {
        loop {
            self.0.world.changed.notified().await;
            sleep(TOGETHER).await;
            self.save().await;
        }
    }

    /// Returns once everything is written, also what another was writing.
    pub async fn save(&self) {
        let inner = Arc::clone(&self.0);
        let _ = spawn_blocking(move || inner.save()).await;
    }
}

impl Inner {
    fn save(&self) {
        let _alone = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.world.take_unsaved() {
            return;
        }
        let text = self.world.look(|state, _| serde_json::to_vec(state));
        if let Err(error) = text
            .map_err(io::Error::from)
            .and_then(|text| write(&self.path, &text))
        {
            tracing::warn!(%error, "the practice state could not be saved");
            self.world.mark_unsaved();
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.save();
    }
}

/// Either the old file or the whole new one, readable by its owner only.
fn write(path: &Path, text: &[u8]) -> io::Result<()> {
    let unfinished = path.with_extension("unfinished");
    let mut file = private(&unfinished)?;
    file.write_all(text)?;
    file.sync_all()?;
    fs::rename(&unfinished, path)
}

fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}
