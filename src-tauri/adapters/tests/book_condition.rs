//! The book and the log on the disk: the contracts, restarts, and a file as it is found.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use evergrant_adapters::book::{Condition, SqliteBook};
use evergrant_adapters::ledger::SqliteLedger;
use evergrant_broker::contract;
use evergrant_broker::ports::{Book, Entry, EntryOutcome, Log, Refusal, RefusalEnd, Search};
use evergrant_broker::ports::{Grant, GrantId, Known};
use evergrant_broker::{Assurance, Origin, ProgramKey};
use evergrant_domain::{AccountId, Code, ScopeSet, Subject, Timestamp};
use rusqlite::Connection;
use tempfile::TempDir;

fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let book = folder.path().join("evergrant/programs.sqlite3");
    (folder, book)
}

fn open(path: &Path) -> (Arc<SqliteBook>, Condition) {
    SqliteBook::open(path).expect("opened")
}

fn known(key: &str) -> Known {
    Known {
        key: ProgramKey::new(key),
        name: "mail".into(),
        path: None,
        assurance: Assurance::System,
        origin: Origin::Direct,
    }
}

fn grant(number: u64) -> Grant {
    let subject = Subject {
        issuer: "https://issuer.example".into(),
        sub: "1".into(),
    };
    Grant {
        id: GrantId::of(number.to_be_bytes()),
        program: known("program"),
        account: AccountId::of(&subject),
        email: "anna@example.com".into(),
        scopes: ScopeSet::parse("openid"),
        since: Timestamp(0),
        until: None,
        last_used: None,
        uses: 3,
    }
}

fn refusal(key: &str) -> Refusal {
    Refusal {
        program: known(key),
        end: RefusalEnd::Never,
        times: 1,
    }
}

fn entry(program: &str) -> Entry {
    Entry {
        at: Timestamp(1_800_000_000),
        program: program.into(),
        path: None,
        account: None,
        scopes: "openid".into(),
        outcome: EntryOutcome::Given,
        code: None,
    }
}

#[tokio::test]
async fn it_keeps_the_contract_of_a_book() {
    let (_folder, path) = place();
    contract::book(&*open(&path).0).await;
}

#[tokio::test]
async fn it_keeps_the_contract_of_a_log() {
    let (_folder, path) = place();
    contract::log(&*open(&path).0).await;
}

#[tokio::test]
async fn all_of_it_is_there_after_a_restart() {
    let (_folder, path) = place();
    let (book, condition) = open(&path);
    assert_eq!(condition, Condition::Fresh);
    book.save(&[grant(1)]).await.expect("saved");
    book.refuse(&refusal("nosy")).await.expect("refused");
    book.note(entry("first"));
    // Not flushed: who closes the book writes what waits.
    drop(book);
    let (book, condition) = open(&path);
    assert_eq!(condition, Condition::Kept);
    assert_eq!(book.grants().await.expect("listed"), [grant(1)]);
    assert_eq!(book.refusals().await.expect("listed"), [refusal("nosy")]);
    book.note(entry("second"));
    book.flush().await.expect("flushed");
    let page = book
        .page(Search {
            limit: 9,
            ..Search::default()
        })
        .await
        .expect("a page");
    let programs: Vec<_> = page
        .entries
        .iter()
        .map(|entry| (entry.number, entry.program.as_str()))
        .collect();
    assert_eq!(programs, [(2, "second"), (1, "first")]);
    assert!(page.intact, "the chain goes on over the restart");
}

#[cfg(unix)]
#[tokio::test]
async fn all_its_files_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, path) = place();
    let (book, _) = open(&path);
    book.save(&[grant(1)]).await.expect("saved");
    let folder = path.parent().expect("a folder");
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode(folder), 0o700);
    for file in fs::read_dir(folder).expect("listed").flatten() {
        assert_eq!(mode(&file.path()), 0o600, "{}", file.path().display());
    }
}

#[tokio::test]
async fn what_is_damaged_is_moved_aside() {
    let (_folder, path) = place();
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(&path, "something else ".repeat(400)).expect("written");
    let (book, condition) = open(&path);
    let Condition::MovedAside { to } = condition else {
        panic!("damage was not seen: {condition:?}");
    };
    assert_eq!(
        fs::read(to).expect("kept"),
        "something else ".repeat(400).as_bytes()
    );
    book.save(&[grant(1)]).await.expect("works");
}

#[tokio::test]
async fn a_newer_book_is_refused_and_left_as_it_is() {
    let (_folder, path) = place();
    drop(open(&path));
    let newer = Connection::open(&path).expect("opened");
    newer.pragma_update(None, "user_version", 99).expect("set");
    drop(newer);
    let before = fs::read(&path).expect("there");
    let fault = SqliteBook::open(&path).err().expect("refused");
    assert_eq!(fault.code, Code::LedgerTooNew);
    assert!(fs::read(&path).expect("there") == before, "untouched");
}

#[tokio::test]
async fn a_ledger_is_no_book_and_a_book_no_ledger() {
    let (folder, path) = place();
    drop(open(&path));
    let (_, condition) = SqliteLedger::open(&path).expect("opened");
    assert!(matches!(condition, Condition::MovedAside { .. }), "{condition:?}");
    let ledger = folder.path().join("ledger.sqlite3");
    drop(SqliteLedger::open(&ledger).expect("opened"));
    let (_, condition) = open(&ledger);
    assert!(matches!(condition, Condition::MovedAside { .. }), "{condition:?}");
}

#[tokio::test]
async fn rows_that_make_no_sense_hide_no_others_and_are_left_alone() {
    let (_folder, path) = place();
    let (book, _) = open(&path);
    let grants: Vec<Grant> = (0..6).map(grant).collect();
    book.save(&grants).await.expect("saved");
    for key in ["a", "b", "c"] {
        book.refuse(&refusal(key)).await.expect("refused");
    }
    let other = Connection::open(&path).expect("opened");
    let spoil = "UPDATE grants SET id = 'no id' WHERE id = '0000000000000000';
                 UPDATE grants SET assurance = 'certain' WHERE id = '0000000000000001';
                 UPDATE grants SET origin = 'elsewhere' WHERE id = '0000000000000002';
                 UPDATE grants SET account = 'nobody' WHERE id = '0000000000000003';
                 UPDATE grants SET uses = -1 WHERE id = '0000000000000004';
                 UPDATE refusals SET times = -1 WHERE program = 'a';
                 UPDATE refusals SET origin = '' WHERE program = 'c';";
    other.execute_batch(spoil).expect("spoilt");
    assert_eq!(book.grants().await.expect("listed"), [grant(5)]);
    assert_eq!(book.refusals().await.expect("listed"), [refusal("b")]);
    let left: i64 = other
        .query_one("SELECT count(*) FROM grants", [], |row| row.get(0))
        .expect("counted");
    assert_eq!(left, 6);
}
