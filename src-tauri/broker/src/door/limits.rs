//! How much one may take, and how long.

use std::time::Duration;

/// What a caller may take. Beyond it the connection is closed; everybody else is served.
///
/// Memory: a connection that says nothing holds about 2 KiB, 8 MiB for all of them. One that speaks
/// holds at most a read buffer (8 KiB at first, never more than twice `head_bytes`), `body_bytes`, and the
/// answers that it has not taken: `head_bytes` and the one after that. With answers of a few KiB that is
/// less than 300 KiB a connection: 1.2 GiB if 4,096 connections of at least four of this person's programs
/// did their worst at once, for ten seconds at most. What the kernel keeps of a socket comes on top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a request's head, at least 8,192. More is answered 431, and the connection is closed.
    pub head_bytes: usize,
    /// Headers of a request. More is answered 431, and the connection is closed.
    pub headers: usize,
    /// From when a connection was let in, and from a later request's first bytes, to the end of its head.
    pub head_within: Duration,
    /// How long a connection may stay open and silent after an answer.
    pub idle_within: Duration,
    /// Bytes of a request's body.
    pub body_bytes: usize,
    /// From the head to the end of the body.
    pub body_within: Duration,
    /// For an answer to be taken, from when the caller first kept it waiting.
    pub taken_within: Duration,
    /// For answers under way, once the door closes.
    pub farewell: Duration,
    /// Connections at once. The next is dropped. From nine tenths on, each newcomer costs whoever
    /// holds most a connection that is idle.
    pub connections: usize,
    /// Of them from one process.
    pub of_one_process: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head_bytes: 64 * 1024,
            headers: 64,
            head_within: Duration::from_secs(5),
            idle_within: Duration::from_secs(600),
            body_bytes: 64 * 1024,
            body_within: Duration::from_secs(5),
            taken_within: Duration::from_secs(10),
            farewell: Duration::from_secs(2),
            connections: 4096,
            of_one_process: 1024,
        }
    }
}

/// File handles of a connection: the socket, and the process that it is held to be.
#[cfg(unix)]
const HANDLES_EACH: u64 = 2;
/// File handles that the rest of the program needs.
#[cfg(unix)]
const HANDLES_KEPT: u64 = 192;

#[cfg(unix)]
impl Limits {
    /// Fewer connections where the system gives this process few file handles: a flood must not take
    /// those that the ledger and the network need. One process keeps its part of the whole.
    pub(super) fn with_handles(self, handles: Option<u64>) -> Self {
        let Some(handles) = handles else { return self };
        let room = handles.saturating_sub(HANDLES_KEPT) / HANDLES_EACH;
        let room = usize::try_from(room).unwrap_or(usize::MAX).max(16);
        if room >= self.connections {
            return self;
        }
        Self {
            connections: room,
            of_one_process: (self.of_one_process * room / self.connections).max(1),
            ..self
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn few_file_handles_mean_few_connections() {
        let usual = Limits::default();
        assert_eq!(usual.with_handles(None), usual);
        assert_eq!(usual.with_handles(Some(524_288)), usual);
        let few = usual.with_handles(Some(1024));
        assert_eq!((few.connections, few.of_one_process), (416, 104));
        let hardly = usual.with_handles(Some(64));
        assert_eq!((hardly.connections, hardly.of_one_process), (16, 4));
    }
}
