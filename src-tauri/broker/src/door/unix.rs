//! The door itself: opened or inherited, then served.

use std::{
    env,
    io::{self, ErrorKind},
    os::unix::net::UnixListener,
    path::{Path, PathBuf},
    process,
    sync::Arc,
};

use listenfd::ListenFd;
use rustix::process::{Resource, getrlimit};
use tokio::sync::watch;

use super::{
    DoorTrouble, Limits, Reception,
    connection::House,
    hall::Hall,
    lock::Lock,
    place::{self, Socket},
};
use crate::witness::Witness;

/// The listener and the lock. Dropped, it removes the socket that it made and frees the lock.
pub struct Door {
    path: PathBuf,
    /// The one we made; an inherited one is the system's.
    made: Option<Socket>,
    listener: UnixListener,
    lock: Lock,
    limits: Limits,
}

impl Door {
    /// Makes the socket, and its folder where that is missing, and takes the place of one that was killed.
    ///
    /// # Errors
    /// See [`DoorTrouble`]. Nothing was changed then but a missing folder made.
    pub fn open(path: &Path) -> Result<Self, DoorTrouble> {
        let folder = path.parent().ok_or(DoorTrouble::NoPlace)?;
        place::folder(folder)?;
        let lock = Lock::beside(path)?;
        let (listener, made) = Socket::bind(path, &lock)?;
        let path = made.path().to_owned();
        Ok(Self::at(listener, path, Some(made), lock))
    }

    /// The socket that the system opened and handed over (`sd_listen_fds(3)`), if it did: the first of
    /// them, which must stand in a folder that is as closed as one of ours (`DirectoryMode=0700`).
    ///
    /// To be called once and first of all, before there are threads: it takes the handover out of the
    /// environment.
    ///
    /// # Errors
    /// See [`DoorTrouble`].
    pub fn inherited() -> Result<Option<Self>, DoorTrouble> {
        let meant = env::var("LISTEN_PID").is_ok_and(|pid| pid.parse() == Ok(process::id()));
        if !meant {
            return Ok(None);
        }
        let Some(listener) = ListenFd::from_env().take_unix_listener(0)? else {
            return Ok(None);
        };
        if !rustix::net::sockopt::socket_acceptconn(&listener).map_err(io::Error::from)? {
            return Err(io::Error::from(ErrorKind::InvalidInput).into());
        }
        let address = listener.local_addr()?;
        let path = address.as_pathname().ok_or(DoorTrouble::NoPlace)?;
        place::folder_is_safe(path.parent().ok_or(DoorTrouble::NoPlace)?)?;
        let lock = Lock::beside(path)?;
        let path = path.to_owned();
        Ok(Some(Self::at(listener, path, None, lock)))
    }

    fn at(listener: UnixListener, path: PathBuf, made: Option<Socket>, lock: Lock) -> Self {
        Self {
            listener,
            path,
            made,
            lock,
            limits: Limits::default(),
        }
    }

    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Where programs ask.
    pub fn path(&self) -> Option<&Path> {
        Some(&self.path)
    }

    /// Serves until `stop` says so or its sender is gone, or the listener is of no use any more. Then
    /// the socket is removed, unless it is the system's, and answers under way have
    /// [`Limits::farewell`] to end.
    pub async fn serve(
        self,
        witness: Arc<dyn Witness>,
        reception: Arc<dyn Reception>,
        stop: watch::Receiver<bool>,
    ) {
        let Self {
            listener,
            made,
            lock,
            limits,
            ..
        } = self;
        let listener = match into_async(listener) {
            Ok(listener) => listener,
            Err(error) => {
                tracing::error!(%error, "the door cannot be served");
                return;
            }
        };
        let limits = limits.with_handles(getrlimit(Resource::Nofile).current);
        let mut hall = Hall::new(House::new(witness, reception, limits), &limits);
        hall.receive(&listener, stop).await;
        drop(made);
        drop(listener);
        hall.part(limits.farewell).await;
        drop(lock);
    }
}

fn into_async(listener: UnixListener) -> io::Result<tokio::net::UnixListener> {
    listener.set_nonblocking(true)?;
    tokio::net::UnixListener::from_std(listener)
}
