//! Deleting everything goes on at the next start of the program, to its end.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use evergrant_adapters::leaving::{Belongings, Stage};
use evergrant_adapters::tenancy::Tenancy;

use crate::home::Home;

fn belongings(home: &Home) -> Belongings {
    Belongings::below(&home.at("data"), &home.at("config"))
}

/// The files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("listed");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .collect()
}

/// The socket's own folder, which ends with the session, is none of it.
fn is_empty(home: &Home) -> bool {
    ["data", "config", "home"]
        .iter()
        .all(|name| files(&home.at(name)).is_empty())
}

/// As a run that was killed while it deleted left it.
async fn half_deleted() -> Home {
    let home = Home::with_key_file();
    home.connect(&home.vault(), "alice", "1//alice").await;
    belongings(&home).ask(Stage::Deleting).expect("noted");
    home
}

#[tokio::test]
async fn what_was_begun_is_finished_and_the_program_ends() {
    let home = half_deleted().await;
    assert!(home.places().vault_file().exists() && home.places().ledger().exists());
    let ran = home.run(&[]);
    assert_eq!(ran.exit, 0, "{}", ran.said);
    assert!(is_empty(&home), "{:?}", files(&home.at("data")));
    assert!(home.at("key").exists(), "the key file is the person's own");
}

#[tokio::test]
async fn nothing_goes_while_another_program_serves_the_accounts() {
    let home = half_deleted().await;
    let before = files(&home.at("data")).len();
    let served = Tenancy::shared(home.places().data()).expect("free");
    let mut waits = home.agent(&[]).stderr(Stdio::null()).spawn().expect("it starts");
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert!(waits.try_wait().expect("known").is_none(), "it is not done");
    waits.kill().expect("killed");
    let _ = waits.wait();
    drop(served);
    assert!(files(&home.at("data")).len() >= before);
    assert_eq!(
        home.token(&home.vault(), "alice").await.as_deref(),
        Some("1//alice")
    );
    let ran = home.run(&[]);
    assert_eq!(ran.exit, 0, "{}", ran.said);
    assert!(is_empty(&home));
}

#[test]
fn with_only_the_note_left_there_is_nothing_more_to_ask_anybody() {
    let home = Home::new();
    belongings(&home).ask(Stage::Deleting).expect("noted");
    belongings(&home).secrets_are_gone().expect("noted");
    // No vault can be reached here.
    let ran = home.run(&[]);
    assert_eq!(ran.exit, 0, "{}", ran.said);
    assert!(is_empty(&home));
}

#[test]
fn where_nobody_is_connected_it_deletes_at_once() {
    let home = Home::with_key_file();
    belongings(&home).ask(Stage::Ending).expect("noted");
    let ran = home.run(&[]);
    assert_eq!(ran.exit, 0, "{}", ran.said);
    assert!(is_empty(&home), "{:?}", files(&home.at("data")));
}
