//! The book of grants and the log of answers: one database file, the same for every profile.

mod grants;
mod known;
mod log;
mod refusals;

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use evergrant_broker::ProgramKey;
use evergrant_broker::ports::{Book, Entry, Grant, GrantId, Log, Page, Refusal, Search};
use evergrant_domain::Fault;

pub use crate::database::Condition;
use crate::database::{self, Desk, Layout};
use log::Chain;

const LAYOUT: Layout = Layout {
    name: "book",
    mark: 0x4576_6770, // "Evgp"
    steps: &[include_str!("migrations/001_book.sql")],
};

/// The book and the log on the disk. A call of the book that returned is on the disk; what was noted
/// in the log is there within a second, also when the program is killed after it.
pub struct SqliteBook {
    // Before the desk, which is asked to write what waits.
    chain: Chain,
    desk: Arc<Desk>,
}

impl SqliteBook {
    /// Days that entries of the log are kept; never more than a million of them.
    pub const RETENTION_DAYS: u32 = 90;

    /// Opens the file, making it where there is none. Blocks for as long as another program opens the
    /// same file, and no longer than a few seconds.
    ///
    /// # Errors
    /// `LedgerTooNew` leaves the file as it is; `DiskFull`; `LedgerFailed`.
    pub fn open(path: &Path) -> Result<(Arc<Self>, Condition), Fault> {
        Self::with_retention(path, Self::RETENTION_DAYS)
    }

    /// The same, with the entries of the log kept for this many days.
    ///
    /// # Errors
    /// As `open`.
    pub fn with_retention(path: &Path, days: u32) -> Result<(Arc<Self>, Condition), Fault> {
        let (connection, condition) = database::open(path, LAYOUT)?;
        let desk = Arc::new(Desk::start(connection, LAYOUT.name)?);
        let chain = Chain::start(&desk, days)?;
        Ok((Arc::new(Self { chain, desk }), condition))
    }
}

#[async_trait]
impl Book for SqliteBook {
    async fn grants(&self) -> Result<Vec<Grant>, Fault> {
        self.desk.ask(grants::all).await
    }

    async fn save(&self, grants: &[Grant]) -> Result<(), Fault> {
        let grants = grants.to_vec();
        self.desk
            .ask(move |connection| grants::save(connection, &grants))
            .await
    }

    async fn remove(&self, grants: &[GrantId]) -> Result<(), Fault> {
        let grants = grants.to_vec();
        self.desk
            .ask(move |connection| grants::remove(connection, &grants))
            .await
    }

    async fn refusals(&self) -> Result<Vec<Refusal>, Fault> {
        self.desk.ask(refusals::all).await
    }

    async fn refuse(&self, refusal: &Refusal) -> Result<(), Fault> {
        let refusal = refusal.clone();
        self.desk
            .ask(move |connection| refusals::save(connection, &refusal))
            .await
    }

    async fn lift(&self, program: &ProgramKey) -> Result<(), Fault> {
        let program = program.clone();
        self.desk
            .ask(move |connection| refusals::lift(connection, &program))
            .await
    }

    async fn paused(&self) -> Result<bool, Fault> {
        let find = "SELECT count(*) FROM pause";
        let found = self
            .desk
            .ask(move |connection| connection.query_one(find, [], |row| row.get::<_, i64>(0)));
        Ok(found.await? > 0)
    }

    async fn set_paused(&self, paused: bool) -> Result<(), Fault> {
        let change = if paused {
            "INSERT INTO pause (since) SELECT unixepoch() WHERE NOT EXISTS (SELECT * FROM pause)"
        } else {
            "DELETE FROM pause"
        };
        self.desk
            .ask(move |connection| connection.execute(change, []).map(drop))
            .await
    }
}

/// A page is `intact` when every entry kept was found to follow the one before it, since the file was
/// opened or another program last wrote to it, and those on the page were found so again just now.
/// A change made past the database, to the bytes of the file while this runs, shows at the next start
/// at the latest. Without a key in it, the chain is no proof against somebody who writes all of it anew
/// while this does not run.
#[async_trait]
impl Log for SqliteBook {
    fn note(&self, entry: Entry) {
        self.chain.note(entry);
    }

    async fn page(&self, search: Search) -> Result<Page, Fault> {
        self.chain.page(search).await
    }

    async fn flush(&self) -> Result<(), Fault> {
        self.chain.flush().await
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use evergrant_broker::ports::EntryOutcome;
    use evergrant_broker::{Assurance, Origin};
    use evergrant_domain::{AccountId, Code, ScopeSet, Subject, Timestamp};

    use super::*;

    fn entry(program: &str) -> Entry {
        Entry {
            at: Timestamp(1_800_000_000),
            program: program.into(),
            path: None,
            account: None,
            scopes: String::new(),
            outcome: EntryOutcome::Given,
            code: None,
        }
    }

    fn grant(number: u64) -> Grant {
        let subject = Subject {
            issuer: "https://issuer.example".into(),
            sub: "1".into(),
        };
        Grant {
            id: GrantId::of(number.to_be_bytes()),
            program: evergrant_broker::ports::Known {
                key: ProgramKey::new("program"),
                name: "long ".repeat(200),
                path: None,
                assurance: Assurance::System,
                origin: Origin::Direct,
            },
            account: AccountId::of(&subject),
            email: "anna@example.com".into(),
            scopes: ScopeSet::default(),
            since: Timestamp(0),
            until: None,
            last_used: None,
            uses: 0,
        }
    }

    /// A limit on pages answers `SQLITE_FULL` exactly as a full disk does.
    async fn limit(book: &SqliteBook, pages: u32) {
        let limited = book.desk.ask(move |connection| {
            connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))
        });
        limited.await.expect("limited");
    }

    #[tokio::test]
    async fn on_a_full_disk_all_grants_are_saved_or_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let (book, _) = SqliteBook::open(&folder.path().join("b.sqlite3")).expect("opened");
        let hundred: Vec<Grant> = (0..100).map(grant).collect();
        limit(&book, 14).await;
        book.save(&hundred[..1]).await.expect("there is room for one");
        let fault = book.save(&hundred).await.expect_err("full");
        assert_eq!(fault.code, Code::DiskFull);
        assert_eq!(book.grants().await.expect("listed"), hundred[..1]);
        limit(&book, 100_000).await;
        book.save(&hundred).await.expect("goes on without a restart");
        assert_eq!(book.grants().await.expect("listed"), hundred);
    }

    #[tokio::test]
    async fn on_a_full_disk_the_log_waits_and_goes_on_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let (book, _) = SqliteBook::open(&folder.path().join("b.sqlite3")).expect("opened");
        limit(&book, 1).await;
        for number in 0..500 {
            book.note(entry(&format!("program {number}")));
        }
        let fault = book.flush().await.expect_err("full");
        assert_eq!(fault.code, Code::DiskFull);
        // Some tries later, by itself.
        tokio::time::sleep(Duration::from_millis(700)).await;
        book.note(entry("the last"));
        limit(&book, 100_000).await;
        book.flush().await.expect("goes on without a restart");
        let page = book
            .page(Search {
                limit: 500,
                ..Search::default()
            })
            .await
            .expect("a page");
        assert!(page.intact);
        assert_eq!(page.entries[0].number, 501);
        assert_eq!(page.entries[0].program, "the last");
        assert_eq!(page.entries[1].program, "program 499");
    }

    /// The database tells nobody of what its own connection changed, so nothing else shows it.
    #[tokio::test]
    async fn an_entry_on_a_page_is_verified_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let (book, _) = SqliteBook::open(&folder.path().join("b.sqlite3")).expect("opened");
        for program in ["one", "two", "three"] {
            book.note(entry(program));
        }
        book.flush().await.expect("flushed");
        let intact = async |text: &str| {
            let search = Search {
                text: text.into(),
                ..Search::default()
            };
            book.page(search).await.expect("a page").intact
        };
        assert!(intact("two").await);
        let change = "UPDATE entries SET scopes = 'more' WHERE program = 'two'";
        let changed = book.desk.ask(|connection| connection.execute(change, []));
        assert_eq!(changed.await, Ok(1));
        assert!(!intact("two").await);
        assert!(intact("three").await, "the others are as they were");
    }

    #[tokio::test]
    async fn every_commit_is_synced() {
        const FULL: i64 = 2;
        let folder = tempfile::tempdir().expect("a folder");
        let (book, _) = SqliteBook::open(&folder.path().join("b.sqlite3")).expect("opened");
        let asked = book.desk.ask(|connection| {
            let journal = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
            let synced = connection.pragma_query_value(None, "synchronous", |row| row.get(0))?;
            Ok::<(String, i64), _>((journal, synced))
        });
        assert_eq!(asked.await.expect("asked"), ("wal".to_owned(), FULL));
    }
}
