//! The broker composed: the accounts it may serve, the book it keeps, the door it opens, and what the
//! window shows of it.

mod attempt;
mod doctor;
mod index;
mod office;
mod past;
mod requests;
mod view;

#[cfg(test)]
pub mod tests;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use evergrant_adapters::book::{Condition, SqliteBook};
use evergrant_adapters::clock::SystemClock;
use evergrant_adapters::entropy::random_bytes;
use evergrant_adapters::places::Places;
use evergrant_broker::door::{Door, DoorTrouble};
use evergrant_broker::ports::Log;
use evergrant_broker::witness::SystemWitness;
use evergrant_broker::{Broker, Setup, Shown};
use evergrant_domain::{Code, Fault};
use tokio::sync::watch;

use crate::board::{Board, News};
use crate::interface::{ProfileName, QuestionView};

pub use attempt::LastAttempt;
pub use index::Index;
pub use office::Office;
pub use requests::ask;

/// The broker of one run.
pub struct Programs {
    pub broker: Arc<Broker>,
    /// What was answered to programs.
    pub log: Arc<dyn Log>,
    stop: watch::Sender<bool>,
}

impl Programs {
    /// Reads the book.
    ///
    /// # Errors
    /// The book's.
    pub async fn open(
        office: Arc<Office>,
        index: Arc<Index>,
        board: &Board,
        headless: bool,
    ) -> Result<Self, Fault> {
        let (book, log) = open_book(board).await?;
        let setup = Setup {
            accounts: index,
            book,
            log: log.clone(),
            office,
            clock: Arc::new(SystemClock),
            random: random_bytes::<8>,
            headless,
            version: env!("CARGO_PKG_VERSION"),
        };
        Ok(Self {
            broker: Broker::open(setup).await?,
            log,
            stop: watch::Sender::new(false),
        })
    }

    /// Opens the door and serves until it is told to stop. A door that cannot be opened is told.
    pub async fn serve(&self, handed_over: Option<Door>, board: &Board) {
        let opened = match handed_over {
            Some(door) => Ok(door),
            None => tokio::task::spawn_blocking(open_door)
                .await
                .unwrap_or(Err(DoorTrouble::NoPlace)),
        };
        match opened {
            Ok(door) => {
                let witness = Arc::new(SystemWitness::new(commands()));
                let reception = Arc::clone(&self.broker);
                door.serve(witness, reception, self.stop.subscribe()).await;
            }
            Err(trouble) => {
                tracing::warn!(%trouble, "programs cannot ask");
                board.tell(ProfileName::Personal, News::problem(notice(&trouble)));
            }
        }
    }

    /// Keeps time, and puts what changes on the board.
    pub async fn watch(&self, index: &Arc<Index>, board: &Board) {
        let mut changes = self.broker.changes();
        let mut questions = self.broker.questions();
        let mut departures = index.departures();
        let time = self.broker.keep_time();
        tokio::pin!(time);
        loop {
            board.programs(view::programs(&self.broker));
            let shown = questions.borrow_and_update().clone();
            board.question(question(shown, index).await);
            tokio::select! {
                () = &mut time => return,
                Ok(account) = departures.recv() => {
                    // What cannot be written now is out of force all the same.
                    if let Err(fault) = self.broker.forget_account(&account).await {
                        tracing::warn!(code = fault.code.as_str(), "a permission stays in the book");
                    }
                }
                told = changes.changed() => if told.is_err() { return },
                told = questions.changed() => if told.is_err() { return },
            }
        }
    }

    /// Lets answers under way end, within a bound, and saves what is saved late.
    pub async fn close(&self) {
        self.broker.close().await;
        self.stop.send_replace(true);
    }
}

/// Off the async threads: the icon and the package are looked for on the disk.
async fn question(shown: Option<Shown>, index: &Arc<Index>) -> Option<QuestionView> {
    let (shown, index) = (shown?, Arc::clone(index));
    let view = tokio::task::spawn_blocking(move || view::question(&shown, &index));
    view.await.ok()
}

/// Off the async threads: it waits for a lock and touches the disk.
fn open_door() -> Result<Door, DoorTrouble> {
    let path = evergrant_protocol::place::socket().ok_or(DoorTrouble::NoPlace)?;
    // A program that just ended may hold it for a moment longer.
    let mut tries = 0;
    loop {
        match Door::open(&path) {
            Err(DoorTrouble::Taken) if tries < 10 => {
                tries += 1;
                std::thread::sleep(Duration::from_millis(200));
            }
            opened => return opened,
        }
    }
}

/// Where the `evergrant` command is installed: beside this program.
fn commands() -> Vec<PathBuf> {
    let own = std::env::current_exe().ok();
    let folder = own.as_deref().and_then(std::path::Path::parent);
    folder
        .map(|folder| folder.join("evergrant"))
        .into_iter()
        .collect()
}

async fn open_book(board: &Board) -> Result<(Arc<SqliteBook>, Arc<SqliteBook>), Fault> {
    let path = Places::programs_of_this_person().ok_or(Code::LedgerFailed)?;
    let opened = tokio::task::spawn_blocking(move || SqliteBook::open(&path));
    let (book, condition) = opened.await.map_err(|_| Code::LedgerFailed)??;
    if let Condition::MovedAside { to } = condition {
        let file = to.file_name().unwrap_or_default().to_string_lossy();
        let news = News::problem("book_moved_aside").value("file", file);
        board.tell(ProfileName::Personal, news);
    }
    Ok((Arc::clone(&book), book))
}

const fn notice(trouble: &DoorTrouble) -> &'static str {
    match trouble {
        DoorTrouble::Taken => "door_taken",
        DoorTrouble::UnsafeFolder(_) => "door_unsafe",
        DoorTrouble::NoPlace | DoorTrouble::Refused(_) => "door_closed",
    }
}
