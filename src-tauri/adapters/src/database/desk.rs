//! The one thread that owns the connection; questions queue up before it.

use std::thread::{self, JoinHandle};

use evergrant_domain::{Code, Fault};
use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::fault::fault;

/// Questions that may wait; whoever comes later waits for a place.
const LONGEST_QUEUE: usize = 32;

type Question = Box<dyn FnOnce(&Connection) + Send>;
type Answer<T> = oneshot::Receiver<rusqlite::Result<T>>;

pub(crate) struct Desk {
    questions: Option<mpsc::Sender<Question>>,
    thread: Option<JoinHandle<()>>,
}

impl Desk {
    /// Starts the thread, under this name.
    pub(crate) fn start(connection: Connection, name: &str) -> Result<Self, Fault> {
        let (questions, mut queue) = mpsc::channel::<Question>(LONGEST_QUEUE);
        let serve = move || {
            while let Some(question) = queue.blocking_recv() {
                question(&connection);
            }
        };
        let thread = thread::Builder::new().name(name.into()).spawn(serve);
        let thread = thread.map_err(|error| Fault::with_detail(Code::LedgerFailed, &error.to_string()))?;
        Ok(Self {
            questions: Some(questions),
            thread: Some(thread),
        })
    }

    /// Asks the database's thread. A caller that goes away leaves its question to be carried out.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, Fault> {
        let (question, answer) = question(work);
        let questions = self.questions.as_ref().ok_or_else(closed)?;
        questions.send(question).await.map_err(|_| closed())?;
        let answer = answer.await.map_err(|_| closed())?;
        answer.map_err(|error| fault(&error))
    }

    /// The same for a thread that may wait.
    pub(crate) fn ask_and_wait<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, Fault> {
        let (question, answer) = question(work);
        let questions = self.questions.as_ref().ok_or_else(closed)?;
        questions.blocking_send(question).map_err(|_| closed())?;
        let answer = answer.blocking_recv().map_err(|_| closed())?;
        answer.map_err(|error| fault(&error))
    }
}

fn question<T: Send + 'static>(
    work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
) -> (Question, Answer<T>) {
    let (tell, told) = oneshot::channel();
    let question = move |connection: &Connection| {
        let _ = tell.send(work(connection));
    };
    (Box::new(question), told)
}

fn closed() -> Fault {
    Fault::with_detail(Code::LedgerFailed, "the database is closed")
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
