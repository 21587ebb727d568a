//! Whether a process lives, and still runs what it ran.

use std::{
    io,
    os::fd::{AsFd, OwnedFd},
    path::{Path, PathBuf},
};

use rustix::{
    event::{PollFd, PollFlags, poll},
    fs::Timespec,
    io::pread,
};
use tokio::io::{Interest, unix::AsyncFd};

use super::{
    file::{FileId, Stamp},
    process::Process,
};

#[derive(Debug)]
pub(in crate::witness) struct Life {
    proc: PathBuf,
    pid: u32,
    start: u64,
    pidfd: Option<OwnedFd>,
    executable: PathBuf,
    running: Option<FileId>,
    /// Its map of memory, opened when it was looked at. The kernel ties it to that memory: once the process
    /// runs another program, even with the same executable, or is dead, nothing can be read from it.
    memory: Option<OwnedFd>,
}

impl Life {
    /// `memory`: its map of memory, opened before anything else was read of it.
    pub(super) fn of(
        proc: &Path,
        process: &Process,
        start: u64,
        pidfd: Option<OwnedFd>,
        memory: Option<OwnedFd>,
        running: Option<Stamp>,
    ) -> Self {
        Self {
            proc: proc.to_owned(),
            pid: process.pid,
            start,
            pidfd,
            executable: proc.join(process.pid.to_string()).join("exe"),
            running: running.map(|running| running.id),
            memory,
        }
    }

    /// Whether all that was read since the map of memory was opened was read of one and the same program.
    pub(super) fn stayed(&self) -> bool {
        if self.memory.is_some() {
            self.lives()
        } else {
            self.still_itself()
        }
    }

    /// Two system calls for a process that can be read.
    pub(in crate::witness) fn still_itself(&self) -> bool {
        let running = Stamp::of_path(&self.executable).ok().map(|stamp| stamp.id);
        running == self.running && self.lives()
    }

    /// Asked last: what was read by number before was then read of this process.
    fn lives(&self) -> bool {
        match (&self.memory, &self.pidfd) {
            (Some(memory), _) => pread(memory, &mut [0_u8], 0).is_ok_and(|read| read > 0),
            (None, Some(pidfd)) => lives(pidfd),
            (None, None) => Process::open(&self.proc, self.pid)
                .and_then(|process| process.stat())
                .is_ok_and(|stat| !stat.dead && stat.start == self.start),
        }
    }

    pub(in crate::witness) async fn ended(&self) {
        // A handle of its own for each that waits: one cannot be waited on twice.
        if let Some(Ok(pidfd)) = self.pidfd.as_ref().map(OwnedFd::try_clone)
            && let Ok(death) = watched(pidfd)
            && death.readable().await.is_ok()
        {
            return;
        }
        std::future::pending::<()>().await;
    }
}

// Deprecated in favour of an `unsafe` one, since a type of one's own could name a handle that is not its
// own. An `OwnedFd` cannot.
#[allow(deprecated)]
fn watched(pidfd: OwnedFd) -> io::Result<AsyncFd<OwnedFd>> {
    AsyncFd::with_interest(pidfd, Interest::READABLE)
}

/// A pidfd can be read once its process is dead.
pub(super) fn lives(pidfd: &impl AsFd) -> bool {
    let mut asked = [PollFd::new(pidfd, PollFlags::IN)];
    let at_once = Timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    matches!(poll(&mut asked, Some(&at_once)), Ok(0))
}
