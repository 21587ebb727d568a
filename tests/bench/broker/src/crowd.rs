//! Many callers at once: one thread with an event loop, since a thread each would measure the
//! scheduler.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

use crate::wire::Saying;

/// Callers, each with a connection of its own that is kept open.
pub struct Crowd {
    runtime: Runtime,
    callers: Vec<UnixStream>,
}

impl Crowd {
    pub fn at(socket: &Path, how_many: usize) -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_io().build()?;
        let callers = runtime.block_on(async {
            let mut callers = Vec::with_capacity(how_many);
            for _ in 0..how_many {
                callers.push(arrive(socket).await?);
            }
            io::Result::Ok(callers)
        })?;
        Ok(Self { runtime, callers })
    }

    /// Every caller says it again and again, until it was answered so often in all. How long that took.
    pub fn say(&mut self, sayings: &Arc<[Saying]>, in_all: usize) -> io::Result<Duration> {
        let callers = std::mem::take(&mut self.callers);
        let begun = Arc::new(AtomicUsize::new(0));
        self.callers = Vec::with_capacity(callers.len());
        let start = Instant::now();
        let came_back = self.runtime.block_on(async {
            let mut talking = JoinSet::new();
            for caller in callers {
                talking.spawn(talk(caller, Arc::clone(sayings), Arc::clone(&begun), in_all));
            }
            let mut came_back = Vec::new();
            while let Some(caller) = talking.join_next().await {
                came_back.push(caller.map_err(io::Error::other)??);
            }
            io::Result::Ok(came_back)
        })?;
        let took = start.elapsed();
        self.callers = came_back;
        Ok(took)
    }
}

/// A full queue at the door refuses for a moment.
async fn arrive(socket: &Path) -> io::Result<UnixStream> {
    let mut tries = 0;
    loop {
        match UnixStream::connect(socket).await {
            Err(full) if full.kind() == io::ErrorKind::WouldBlock && tries < 1000 => {
                tries += 1;
                std::thread::sleep(Duration::from_millis(1));
            }
            arrived => return arrived,
        }
    }
}

async fn talk(
    mut caller: UnixStream,
    sayings: Arc<[Saying]>,
    begun: Arc<AtomicUsize>,
    in_all: usize,
) -> io::Result<UnixStream> {
    let mut inbox = vec![0; 4096];
    loop {
        let number = begun.fetch_add(1, Ordering::Relaxed);
        if number >= in_all {
            return Ok(caller);
        }
        let saying = &sayings[number % sayings.len()];
        caller.write_all(&saying.request).await?;
        let mut heard = 0;
        loop {
            match caller.read(&mut inbox[heard..]).await? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                read => heard += read,
            }
            if saying.is_answered(&inbox[..heard])? {
                break;
            }
        }
    }
}
