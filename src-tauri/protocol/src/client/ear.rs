//! Reads from a connection until a deadline, and hands out what was heard piece by piece.

use std::io::{ErrorKind, Read};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use super::unreachable::{self, Unreachable};
use super::wiped::Wiped;

pub(super) struct Ear<'s> {
    stream: &'s UnixStream,
    until: Instant,
    heard: Wiped,
    /// How much of it was taken.
    taken: usize,
}

/// What is left until the deadline; `Silent` once it passed.
pub(super) fn left(until: Instant) -> Result<Duration, Unreachable> {
    let left = until.saturating_duration_since(Instant::now());
    // A timeout of zero would mean none at all.
    (!left.is_zero()).then_some(left).ok_or(Unreachable::Silent)
}

impl<'s> Ear<'s> {
    pub(super) fn new(stream: &'s UnixStream, until: Instant) -> Self {
        Self {
            stream,
            until,
            heard: Wiped::new(),
            taken: 0,
        }
    }

    /// What was heard and not yet taken.
    pub(super) fn heard(&self) -> &[u8] {
        &self.heard.as_slice()[self.taken..]
    }

    /// Waits for more. The end of the connection is `Broken`: whoever asks for more needs it.
    pub(super) fn listen(&mut self) -> Result<(), Unreachable> {
        let mut stream = self.stream;
        self.heard.drop_front(self.taken);
        self.taken = 0;
        loop {
            stream
                .set_read_timeout(Some(left(self.until)?))
                .map_err(|_| Unreachable::Broken)?;
            match self.heard.fill(|room| stream.read(room)) {
                Ok(0) => return Err(Unreachable::Broken),
                Ok(_) => return Ok(()),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(unreachable::of(&error)),
            }
        }
    }

    /// Waits until so many bytes are there.
    pub(super) fn expect(&mut self, count: usize) -> Result<(), Unreachable> {
        self.heard.reserve(count.saturating_sub(self.heard().len()));
        while self.heard().len() < count {
            self.listen()?;
        }
        Ok(())
    }

    /// The length of what comes up to and including `end`, waited for; `Broken` beyond `longest` bytes.
    pub(super) fn until(&mut self, end: &[u8], longest: usize) -> Result<usize, Unreachable> {
        let mut seen = 0_usize;
        loop {
            let heard = self.heard();
            // The end may have begun in what was searched before.
            let from = seen.saturating_sub(end.len() - 1);
            let found = heard[from..].windows(end.len()).position(|piece| piece == end);
            let length = found.map_or(heard.len(), |at| from + at + end.len());
            if length > longest {
                return Err(Unreachable::Broken);
            }
            if found.is_some() {
                return Ok(length);
            }
            seen = heard.len();
            self.listen()?;
        }
    }

    /// Goes on after the first bytes of what was heard.
    pub(super) fn take(&mut self, count: usize) {
        self.taken += count;
    }
}
