//! The thread that brings the backlog to the disk, a batch a transaction.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use evergrant_domain::{Code, Fault};
use rusqlite::{Transaction, TransactionBehavior};

use super::append::append;
use super::backlog::Backlog;
use super::noted::Noted;
use super::retention::{Retention, prune};
use super::verification::Verification;
use crate::database::Desk;

/// How often it is looked whether entries are past their time.
const BETWEEN_PRUNES: Duration = Duration::from_secs(3600);

/// Or how many entries later. As many, and those just written, are taken away in one transaction: so
/// the log shrinks, and nobody waits for long.
const PRUNED_AT_ONCE: usize = 10_000;

/// Entries verified in one go, so that those who ask meanwhile do not wait.
const SLICE: usize = 1_000;

/// Only the desk's thread locks it.
pub(super) type Shared = Arc<Mutex<Verification>>;

pub(super) fn locked(verification: &Shared) -> MutexGuard<'_, Verification> {
    verification.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(super) struct Writer {
    pub(super) desk: Arc<Desk>,
    pub(super) backlog: Arc<Backlog>,
    pub(super) verification: Shared,
    pub(super) retention: Retention,
}

impl Writer {
    pub(super) fn start(self) -> Result<JoinHandle<()>, Fault> {
        spawn("log", move || self.write_all())
    }

    fn write_all(self) {
        let (mut prune_at, mut unpruned) = (Instant::now(), 0);
        let mut failing = false;
        while let Some(batch) = self.backlog.gather() {
            let entries = Arc::new(batch.entries);
            unpruned += entries.len();
            let due = unpruned >= PRUNED_AT_ONCE || Instant::now() >= prune_at;
            let written = self.write(&entries, due);
            let written = written.map(|more_to_prune| {
                if let Some(more) = more_to_prune {
                    let wait = if more { Duration::ZERO } else { BETWEEN_PRUNES };
                    (prune_at, unpruned) = (Instant::now() + wait, 0);
                }
            });
            if let Err(fault) = &written {
                if !failing {
                    tracing::warn!(code = fault.code.as_str(), "the log cannot be written");
                }
                // Who closes the program does not wait for a disk to mend.
                if self.backlog.is_closed() {
                    return;
                }
                self.backlog.give_back(Arc::unwrap_or_clone(entries));
            }
            failing = written.is_err();
            for flush in batch.flushes {
                let _ = flush.send(written.clone());
            }
        }
    }

    /// Writes all of these entries or none. Where it also looked for old ones: whether there are more
    /// of those.
    fn write(&self, entries: &Arc<Vec<Noted>>, pruning: bool) -> Result<Option<bool>, Fault> {
        if entries.is_empty() {
            return Ok(None);
        }
        let (entries, verification) = (Arc::clone(entries), Arc::clone(&self.verification));
        let retention = self.retention;
        self.desk.ask_and_wait(move |connection| {
            let writing = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
            let appended = append(&writing, &entries)?;
            let slice = PRUNED_AT_ONCE + entries.len();
            let pruned = if pruning {
                prune(&writing, retention, slice)?
            } else {
                None
            };
            writing.commit()?;
            let mut verification = locked(&verification);
            verification.appended(appended);
            if let Some(pruned) = pruned {
                verification.pruned(pruned);
            }
            Ok(pruning.then(|| pruned.is_some_and(|pruned| pruned.more)))
        })
    }
}

/// Verifies what the file holds when it is opened, while others ask.
pub(super) fn verify_in_background(
    desk: Arc<Desk>,
    backlog: Arc<Backlog>,
    verification: Shared,
) -> Result<JoinHandle<()>, Fault> {
    spawn("log-check", move || {
        while !backlog.is_closed() {
            let verification = Arc::clone(&verification);
            let more = desk.ask_and_wait(move |connection| {
                let reading = connection.unchecked_transaction()?;
                locked(&verification).go_on(&reading, SLICE)
            });
            match more {
                Ok(None) => {}
                // Done; or the next page tells what is wrong.
                Ok(Some(_)) | Err(_) => return,
            }
        }
    })
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, Fault> {
    let thread = thread::Builder::new().name(name.into()).spawn(work);
    thread.map_err(|error| Fault::with_detail(Code::LedgerFailed, &error.to_string()))
}
