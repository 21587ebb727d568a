//! What was noted and is not on the disk yet.

use std::mem;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use evergrant_broker::ports::Entry;
use evergrant_domain::{Fault, Timestamp};
use tokio::sync::oneshot;

use super::noted::{Common, Noted};

/// Entries that may wait; further ones are counted. As many again may be with the writer: about ten
/// megabytes in all when the disk stands still and few programs ask for much, sixty when no two entries
/// are alike.
pub(super) const LONGEST: usize = 65_536;

/// How long the first entry waits for company, so that many share one sync of the disk.
const COMPANY: Duration = Duration::from_millis(250);

type Flush = oneshot::Sender<Result<(), Fault>>;

#[derive(Default)]
pub(super) struct Backlog {
    waiting: Mutex<Waiting>,
    bell: Condvar,
}

#[derive(Default)]
struct Waiting {
    entries: Vec<Noted>,
    common: Common,
    /// How many found no place, and when the last of them was.
    unnoted: Option<(u64, Timestamp)>,
    flushes: Vec<Flush>,
    closed: bool,
}

/// What is written at once.
pub(super) struct Batch {
    pub(super) entries: Vec<Noted>,
    pub(super) flushes: Vec<Flush>,
}

impl Backlog {
    /// Takes an entry in. Costs a lock that nobody holds for longer than this.
    pub(super) fn note(&self, entry: Entry) {
        let mut waiting = self.waiting();
        if waiting.entries.len() == LONGEST {
            waiting.lose(1, entry.at);
            return;
        }
        let first = waiting.entries.is_empty();
        let noted = waiting.common.note(entry);
        waiting.entries.push(noted);
        drop(waiting);
        // The writer wakes for the first one and waits by itself for the others.
        if first {
            self.bell.notify_one();
        }
    }

    /// Asks for all of it to be written now; what comes of it is sent there.
    pub(super) fn flush(&self, tell: Flush) {
        self.waiting().flushes.push(tell);
        self.bell.notify_one();
    }

    /// What is there is still written; then `gather` ends.
    pub(super) fn close(&self) {
        self.waiting().closed = true;
        self.bell.notify_one();
    }

    pub(super) fn is_closed(&self) -> bool {
        self.waiting().closed
    }

    /// Waits for something to write, and a while longer for more. `None`: closed, and nothing left.
    pub(super) fn gather(&self) -> Option<Batch> {
        let idle = |waiting: &mut Waiting| waiting.is_empty() && !waiting.closed;
        let waiting = self.bell.wait_while(self.waiting(), idle);
        let waiting = waiting.unwrap_or_else(PoisonError::into_inner);
        let patient = |waiting: &mut Waiting| waiting.flushes.is_empty() && !waiting.closed;
        let waited = self.bell.wait_timeout_while(waiting, COMPANY, patient);
        let (mut waiting, _) = waited.unwrap_or_else(PoisonError::into_inner);
        (!waiting.is_empty()).then(|| waiting.take())
    }

    /// Takes back, as the oldest, what could not be written.
    pub(super) fn give_back(&self, mut entries: Vec<Noted>) {
        let mut waiting = self.waiting();
        entries.append(&mut waiting.entries);
        let too_many = entries.split_off(entries.len().min(LONGEST));
        waiting.entries = entries;
        for entry in too_many {
            waiting.lose(1, entry.at);
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting {
    fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.flushes.is_empty()
    }

    fn lose(&mut self, how_many: u64, at: Timestamp) {
        let before = self.unnoted.map_or(0, |(before, _)| before);
        self.unnoted = Some((before + how_many, at));
    }

    /// All there is; those that found no place as one entry behind the others.
    fn take(&mut self) -> Batch {
        let mut entries = mem::take(&mut self.entries);
        self.common.clear();
        let unnoted = self.unnoted.take();
        entries.extend(unnoted.map(|(how_many, at)| Entry::unnoted(how_many, at).into()));
        Batch {
            entries,
            flushes: mem::take(&mut self.flushes),
        }
    }
}

#[cfg(test)]
mod tests {
    use evergrant_broker::ports::EntryOutcome;

    use super::*;

    fn noted(second: usize) -> Noted {
        entry(second).into()
    }

    fn entry(second: usize) -> Entry {
        Entry {
            at: Timestamp(i64::try_from(second).expect("small")),
            program: String::new(),
            path: None,
            account: None,
            scopes: String::new(),
            outcome: EntryOutcome::Given,
            code: None,
        }
    }

    #[test]
    fn what_finds_no_place_is_counted_and_told_behind_the_others() {
        let backlog = Backlog::default();
        for second in 0..LONGEST + 7 {
            backlog.note(entry(second));
        }
        backlog.close();
        let batch = backlog.gather().expect("a batch");
        assert_eq!(batch.entries.len(), LONGEST + 1);
        assert_eq!(batch.entries[LONGEST - 1], noted(LONGEST - 1));
        let last_lost = entry(LONGEST + 6).at;
        assert_eq!(batch.entries[LONGEST], Entry::unnoted(7, last_lost).into());
        assert!(backlog.gather().is_none(), "closed and empty");
    }

    #[test]
    fn what_is_given_back_stays_the_oldest_and_the_bound_holds() {
        let backlog = Backlog::default();
        for second in 10..LONGEST {
            backlog.note(entry(second));
        }
        backlog.give_back((0..20).map(noted).collect());
        backlog.close();
        let batch = backlog.gather().expect("a batch");
        assert_eq!(batch.entries.len(), LONGEST + 1);
        assert_eq!(batch.entries[0], noted(0));
        assert_eq!(
            batch.entries[LONGEST],
            Entry::unnoted(10, entry(LONGEST - 1).at).into()
        );
    }
}
