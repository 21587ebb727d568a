//! What somebody else changes in the log shows: while the program runs, and after a restart.

use std::path::PathBuf;
use std::sync::Arc;

use evergrant_adapters::book::SqliteBook;
use evergrant_broker::ports::{Entry, EntryOutcome, Log, Page, Search};
use evergrant_domain::Timestamp;
use rusqlite::Connection;
use tempfile::TempDir;

const DAY: i64 = 86_400;

struct Bench {
    _folder: TempDir,
    path: PathBuf,
    book: Arc<SqliteBook>,
}

impl Bench {
    /// A log with twenty entries.
    async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("programs.sqlite3");
        let (book, _) = SqliteBook::open(&path).expect("opened");
        let bench = Self {
            _folder: folder,
            path,
            book,
        };
        bench.note(20).await;
        assert!(bench.page().await.intact);
        bench
    }

    async fn note(&self, how_many: usize) {
        for number in 0..how_many {
            self.book.note(entry(0, &format!("program {number}")));
        }
        self.book.flush().await.expect("flushed");
    }

    /// The newest three only: the change must show wherever it was made.
    async fn page(&self) -> Page {
        page(&self.book, 3).await
    }

    fn tamper(&self, sql: &str) {
        let other = Connection::open(&self.path).expect("opened");
        other.execute_batch(sql).expect("tampered");
    }
}

async fn page(log: &SqliteBook, limit: u32) -> Page {
    let search = Search {
        limit,
        ..Search::default()
    };
    log.page(search).await.expect("a page")
}

fn entry(day: i64, program: &str) -> Entry {
    Entry {
        at: Timestamp(1_800_000_000 + day * DAY),
        program: program.into(),
        path: Some("/usr/bin/mail".into()),
        account: Some("anna@example.com".into()),
        scopes: "openid".into(),
        outcome: EntryOutcome::Given,
        code: None,
    }
}

const SWAP: &str = "UPDATE entries SET number = -1 WHERE number = 5;
         UPDATE entries SET number = 5 WHERE number = 6;
         UPDATE entries SET number = 6 WHERE number = -1;";

const CHANGES: &[(&str, &str)] = &[
    ("a moment", "UPDATE entries SET at = at + 1 WHERE number = 5"),
    (
        "a program",
        "UPDATE entries SET program = 'other' WHERE number = 5",
    ),
    ("a path", "UPDATE entries SET path = NULL WHERE number = 5"),
    (
        "an account",
        "UPDATE entries SET account = 'eve@example.com' WHERE number = 5",
    ),
    ("scopes", "UPDATE entries SET scopes = '' WHERE number = 5"),
    (
        "an outcome",
        "UPDATE entries SET outcome = 'refused' WHERE number = 5",
    ),
    ("a code", "UPDATE entries SET code = 'x' WHERE number = 5"),
    (
        "a hash",
        "UPDATE entries SET hash = zeroblob(32) WHERE number = 5",
    ),
    ("a short hash", "UPDATE entries SET hash = x'00' WHERE number = 5"),
    (
        "the newest",
        "UPDATE entries SET program = 'other' WHERE number = 20",
    ),
    (
        "one taken from the middle",
        "DELETE FROM entries WHERE number = 5",
    ),
    (
        "one taken and the others moved up",
        "DELETE FROM entries WHERE number = 5;
         UPDATE entries SET number = number - 1 WHERE number > 5;
         UPDATE ends SET number = 19 WHERE name = 'head'",
    ),
    ("the oldest taken", "DELETE FROM entries WHERE number < 3"),
    ("the newest taken", "DELETE FROM entries WHERE number > 17"),
    ("all taken", "DELETE FROM entries"),
    ("two swapped", SWAP),
    (
        "one put in before the first",
        "INSERT INTO entries SELECT 0, at, program, path, account, scopes, outcome, code, hash
         FROM entries WHERE number = 1",
    ),
    (
        "one put in behind",
        "INSERT INTO entries SELECT 21, at, program, path, account, scopes, outcome, code, hash
         FROM entries WHERE number = 20",
    ),
    ("the head taken", "DELETE FROM ends WHERE name = 'head'"),
    (
        "all taken and the head",
        "DELETE FROM entries; DELETE FROM ends WHERE name = 'head'",
    ),
    (
        "the head set back",
        "UPDATE ends SET number = 19 WHERE name = 'head'",
    ),
    ("the anchor taken", "DELETE FROM ends WHERE name = 'anchor'"),
    (
        "the anchor moved",
        "UPDATE ends SET number = 2 WHERE name = 'anchor'",
    ),
];

#[tokio::test]
async fn a_change_shows_while_it_runs_after_a_restart_and_when_the_log_goes_on() {
    for (what, sql) in CHANGES {
        let bench = Bench::new().await;
        bench.tamper(sql);
        assert!(!bench.page().await.intact, "{what}: while it runs");
        bench.note(5).await;
        assert!(!bench.page().await.intact, "{what}: when the log goes on");
        let Bench { _folder, path, book } = bench;
        drop(book);
        let (book, _) = SqliteBook::open(&path).expect("opened");
        let reopened = page(&book, 3).await;
        assert!(!reopened.intact, "{what}: after a restart");
        assert_eq!(reopened.entries.len(), 3, "{what}: it goes on all the same");
    }
}

/// Both ends fit again: only who saw the entries before can tell.
#[tokio::test]
async fn a_chain_cut_short_by_somebody_careful_shows_while_it_runs() {
    let bench = Bench::new().await;
    bench.tamper(
        "DELETE FROM entries WHERE number > 17;
         UPDATE ends SET number = 17, hash = (SELECT hash FROM entries WHERE number = 17) WHERE name = 'head'",
    );
    assert!(!bench.page().await.intact);
}

#[tokio::test]
async fn who_only_reads_breaks_nothing() {
    let bench = Bench::new().await;
    bench.tamper("SELECT count(*) FROM entries; PRAGMA wal_checkpoint(TRUNCATE)");
    bench.note(5).await;
    assert!(bench.page().await.intact);
}

#[tokio::test]
async fn what_is_put_right_is_whole_again() {
    let bench = Bench::new().await;
    bench.tamper("UPDATE entries SET program = 'other' WHERE number = 5");
    assert!(!bench.page().await.intact);
    assert!(!bench.page().await.intact, "and stays so");
    bench.tamper("UPDATE entries SET program = 'program 4' WHERE number = 5");
    assert!(bench.page().await.intact);
}

#[tokio::test]
async fn old_entries_go_and_the_chain_holds_over_restarts() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("programs.sqlite3");
    let (book, _) = SqliteBook::with_retention(&path, 30).expect("opened");
    for day in 0..40 {
        book.note(entry(day, "mail"));
    }
    drop(book);
    let (book, _) = SqliteBook::with_retention(&path, 30).expect("opened");
    let kept = page(&book, 500).await;
    // The day that counts is 38: its thirty days, itself and the day after.
    assert_eq!(kept.entries.len(), 32);
    assert_eq!(kept.entries.last().map(|oldest| oldest.number), Some(9));
    assert!(kept.intact);
    book.note(entry(40, "mail"));
    book.flush().await.expect("flushed");
    let kept = page(&book, 500).await;
    assert_eq!(kept.entries.last().map(|oldest| oldest.number), Some(10));
    assert!(kept.intact, "while it runs");
}
