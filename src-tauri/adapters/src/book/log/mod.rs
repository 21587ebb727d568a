//! The log of every answer: noted in memory, brought to the disk a batch at a time, each entry
//! chained to the one before it.

mod append;
mod backlog;
mod ends;
mod noted;
mod retention;
mod search;
mod stored;
mod verification;
mod writer;

use std::sync::Arc;
use std::thread::JoinHandle;

use evergrant_broker::ports::{Entry, Page, Search};
use evergrant_domain::{Code, Fault};
use tokio::sync::oneshot;

use crate::database::Desk;
use backlog::Backlog;
use retention::Retention;
use writer::{Shared, Writer, locked};

/// The log's two threads and what they share. Dropped, it writes what waits, once, and ends them.
pub(super) struct Chain {
    desk: Arc<Desk>,
    backlog: Arc<Backlog>,
    verification: Shared,
    threads: Vec<JoinHandle<()>>,
}

impl Chain {
    pub(super) fn start(desk: &Arc<Desk>, days: u32) -> Result<Self, Fault> {
        let (backlog, verification) = (Arc::new(Backlog::default()), Shared::default());
        let mut chain = Self {
            desk: Arc::clone(desk),
            backlog: Arc::clone(&backlog),
            verification: Arc::clone(&verification),
            threads: Vec::new(),
        };
        let writer = Writer {
            desk: Arc::clone(desk),
            backlog: Arc::clone(&backlog),
            verification: Arc::clone(&verification),
            retention: Retention {
                days,
                most: Retention::MOST,
            },
        };
        chain.threads.push(writer.start()?);
        let check = writer::verify_in_background(Arc::clone(desk), backlog, verification)?;
        chain.threads.push(check);
        Ok(chain)
    }

    pub(super) fn note(&self, entry: Entry) {
        self.backlog.note(entry);
    }

    pub(super) async fn page(&self, search: Search) -> Result<Page, Fault> {
        let verification = Arc::clone(&self.verification);
        self.desk
            .ask(move |connection| search::page(connection, &mut locked(&verification), &search))
            .await
    }

    pub(super) async fn flush(&self) -> Result<(), Fault> {
        let (tell, told) = oneshot::channel();
        self.backlog.flush(tell);
        let closed = |_| Fault::with_detail(Code::LedgerFailed, "the log is closed");
        told.await.map_err(closed)?
    }
}

impl Drop for Chain {
    fn drop(&mut self) {
        self.backlog.close();
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}
