//! The one thread that owns the connection; questions queue up before it.

use std::thread::{self, JoinHandle};

use evergrant_domain::{Code, Fault};
use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::fault::fault;

/// Questions that may wait; whoever comes later waits for a place.
const LONGEST_QUEUE: usize = 32;

type Question = Box<dyn FnOnce(&Connection) + Send>;

pub(super) struct Desk {
    questions: Option<mpsc::Sender<Question>>,
    thread: Option<JoinHandle<()>>,
}

impl Desk {
    pub(super) fn start(connection: Connection) -> Result<Self, Fault> {
        let (questions, mut queue) = mpsc::channel::<Question>(LONGEST_QUEUE);
        let serve = move || {
            while let Some(question) = queue.blocking_recv() {
                question(&connection);
            }
        };
        let thread = thread::Builder::new().name("ledger".into()).spawn(serve);
        let thread = thread.map_err(|error| Fault::with_detail(Code::LedgerFailed, &error.to_string()))?;
        Ok(Self {
            questions: Some(questions),
            thread: Some(thread),
        })
    }

    /// Asks the ledger's thread. A caller that goes away leaves its question to be carried out.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, Fault> {
        let closed = || Fault::with_detail(Code::LedgerFailed, "the ledger is closed");
        let (tell, told) = oneshot::channel();
        let question: Question = Box::new(move |connection| {
            let _ = tell.send(work(connection));
        });
        let questions = self.questions.as_ref().ok_or_else(closed)?;
        questions.send(question).await.map_err(|_| closed())?;
        let answer = told.await.map_err(|_| closed())?;
        answer.map_err(|error| fault(&error))
    }
}

/// Carries out what was asked, then closes the file: nothing is left running.
impl Drop for Desk {
    fn drop(&mut self) {
        self.questions.take();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
