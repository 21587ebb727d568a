//! The log in a hurry: killed, held up, flooded; and what a note and a page cost.

use std::env;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use evergrant_adapters::book::SqliteBook;
use evergrant_broker::ports::{Entry, EntryOutcome, Log, Page, Search};
use evergrant_domain::Timestamp;
use rusqlite::Connection;

fn open(path: &Path) -> Arc<SqliteBook> {
    SqliteBook::open(path).expect("opened").0
}

fn entry(number: usize) -> Entry {
    Entry {
        at: Timestamp(1_800_000_000 + i64::try_from(number / 1_000).expect("small")),
        program: format!("program {number}"),
        path: Some(format!(
            "/home/anna/Programme/zustellung/{}/bin/mail",
            number % 100
        )),
        account: Some("anna.zwischenzeit@example.com".into()),
        scopes: "https://mail.google.com/ openid".into(),
        outcome: EntryOutcome::Given,
        code: None,
    }
}

async fn page(log: &SqliteBook, text: &str, limit: u32) -> Page {
    let search = Search {
        text: text.into(),
        before: None,
        limit,
    };
    log.page(search).await.expect("a page")
}

const CHILD: &str = "EVERGRANT_TEST_LOG";

/// Not a test of its own: the program that is killed below. It says what it has noted.
#[test]
#[ignore = "run by the test that kills it"]
fn child_that_notes_until_it_is_killed() {
    let Some(path) = env::var_os(CHILD) else { return };
    let book = open(Path::new(&path));
    let mut said = std::io::stdout();
    for number in 1.. {
        book.note(entry(number));
        writeln!(said, "\nnoted {number}").expect("said");
        said.flush().expect("said");
        thread::sleep(Duration::from_millis(1));
    }
}

#[tokio::test]
async fn a_killed_program_loses_at_most_its_last_moment() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("programs.sqlite3");
    let mut child = Command::new(env::current_exe().expect("this test"))
        .args([
            "--exact",
            "child_that_notes_until_it_is_killed",
            "--ignored",
            "--nocapture",
        ])
        .env(CHILD, &path)
        .stdout(Stdio::piped())
        .spawn()
        .expect("started");
    let said = BufReader::new(child.stdout.take().expect("its words"));
    let mut noted: Vec<(Instant, u64)> = Vec::new();
    for line in said.lines() {
        let line = line.expect("a line");
        let Some(number) = line.strip_prefix("noted ") else {
            continue;
        };
        noted.push((Instant::now(), number.parse().expect("a number")));
        if noted[0].0.elapsed() > Duration::from_secs(4) {
            break;
        }
    }
    child.kill().expect("killed");
    let killed = Instant::now();
    child.wait().expect("ended");

    let found = page(&open(&path), "", 1).await;
    assert!(found.intact, "what is there is whole");
    let newest = found.entries[0].number;
    let missing = noted.iter().find(|(_, number)| *number > newest);
    let lost = missing.map_or(Duration::ZERO, |(at, _)| killed - *at);
    println!(
        "of {} entries the last {} ms were lost",
        noted.len(),
        lost.as_millis()
    );
    // It promises one second; a machine that is busy with other tests may hold its disk up.
    assert!(lost < Duration::from_millis(2_500), "{lost:?} were lost");
    assert!(newest > 100, "most of it was written long before");
}

#[tokio::test]
async fn a_flood_that_finds_no_place_is_counted_and_the_log_goes_on() {
    const FLOOD: usize = 150_000;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("programs.sqlite3");
    let book = open(&path);
    let other = Connection::open(&path).expect("opened");
    other.execute_batch("BEGIN IMMEDIATE").expect("held");
    let begun = Instant::now();
    for number in 0..FLOOD {
        book.note(entry(number));
    }
    assert!(
        begun.elapsed() < Duration::from_secs(4),
        "a note waits for no disk"
    );
    other.execute_batch("ROLLBACK").expect("let go");
    book.flush().await.expect("flushed");

    let found = page(&book, "log_overflow", 500).await;
    assert!(found.intact);
    let unnoted = |scopes: &str| -> usize {
        let number = scopes.strip_prefix("unnoted:").expect("how many");
        number.parse().expect("a number")
    };
    let lost: usize = found.entries.iter().map(|entry| unnoted(&entry.scopes)).sum();
    let newest = page(&book, "", 1).await.entries[0].number;
    let written = usize::try_from(newest).expect("small") - found.entries.len();
    assert!(lost > 0, "more than what may wait");
    assert_eq!(written + lost, FLOOD, "each is written or counted");
    assert_eq!(found.entries[0].program, "evergrant");
}

#[tokio::test]
async fn a_file_that_another_program_holds_is_written_once_it_lets_go() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("programs.sqlite3");
    let book = open(&path);
    let other = Connection::open(&path).expect("opened");
    other.execute_batch("BEGIN IMMEDIATE").expect("held");
    book.note(entry(1));
    assert!(book.flush().await.is_err(), "bounded");
    other.execute_batch("ROLLBACK").expect("let go");
    book.flush().await.expect("flushed");
    assert_eq!(page(&book, "", 9).await.entries.len(), 1);
}

/// Figures, on a machine that does nothing else: `cargo test --test log_endurance -- --ignored --nocapture`.
#[tokio::test]
#[ignore = "measures"]
async fn what_a_note_and_a_page_cost() {
    const ROWS: usize = 100_000;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("programs.sqlite3");
    let book = open(&path);
    let mut noting = Duration::ZERO;
    let begun = Instant::now();
    for from in (0..ROWS).step_by(20_000) {
        let entries: Vec<Entry> = (from..from + 20_000).map(entry).collect();
        let begun = Instant::now();
        for entry in entries {
            book.note(entry);
        }
        noting += begun.elapsed();
        book.flush().await.expect("flushed");
    }
    let each = noting.as_nanos() / ROWS as u128;
    println!("a note: {each} ns; {ROWS} on the disk in {:?}", begun.elapsed());
    drop(book);

    let book = open(&path);
    let begun = Instant::now();
    assert!(page(&book, "", 1).await.intact);
    println!(
        "the first page, with the whole chain verified: {:?}",
        begun.elapsed()
    );
    for (what, text, limit) in [
        ("newest 50", "", 50),
        ("newest 500", "", 500),
        ("50 that are found", "ZUSTELLUNG/7", 50),
        ("one, the oldest", "program 0", 1),
        ("none", "nowhere to be found", 50),
    ] {
        let begun = Instant::now();
        let found = page(&book, text, limit).await;
        assert!(found.intact);
        println!("{what}: {:?}, {} entries", begun.elapsed(), found.entries.len());
    }
}
