//! The real ledger keeps what every ledger and every history promises.

use std::path::Path;

use evergrant_adapters::ledger::{Condition, SqliteLedger};
use evergrant_domain::{AccountId, Subject, Timestamp, provider::ProviderId};
use evergrant_engine::contract;
use evergrant_engine::ports::{ClientRow, Happening, History, Ledger};
use rusqlite::Connection;

fn open(path: &Path) -> (SqliteLedger, Condition) {
    SqliteLedger::open(path).expect("opened")
}

#[tokio::test]
async fn it_keeps_the_contract() {
    let folder = tempfile::tempdir().expect("a folder");
    let (ledger, _) = open(&folder.path().join("ledger.sqlite3"));
    contract::ledger(&ledger).await;
}

#[tokio::test]
async fn it_keeps_the_contract_of_a_history() {
    let folder = tempfile::tempdir().expect("a folder");
    let (ledger, _) = open(&folder.path().join("ledger.sqlite3"));
    contract::history(&ledger).await;
}

fn alice() -> AccountId {
    AccountId::of(&Subject {
        issuer: "https://accounts.google.com".into(),
        sub: "alice".into(),
    })
}

#[tokio::test]
async fn a_history_goes_on_after_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ledger.sqlite3");
    let noon = Timestamp(1_800_014_400);
    for _ in 0..3 {
        let (ledger, _) = open(&path);
        ledger
            .note(&alice(), noon, &Happening::Refreshed)
            .await
            .expect("noted");
    }
    let lines = open(&path).0.lines(&alice(), 10).await.expect("listed");
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0].times, 3, "one day is one line, whoever noted it");
}

/// As the first version left it.
fn of_the_first_version(path: &Path) {
    let old = Connection::open(path).expect("made");
    old.execute_batch(include_str!("../src/ledger/migrations/001_accounts.sql"))
        .expect("the first step");
    let row = "INSERT INTO accounts VALUES
        (?1, 'google', 'client', 'https://accounts.google.com', 'alice', 'alice@example.com', NULL, NULL, NULL,
         'openid', 'openid', 'needs_reconnect:grant_ended', 1800000000, 1800000100, 1800604800, 3)";
    old.execute(row, [alice().as_str()]).expect("a row");
    old.execute("INSERT INTO settings VALUES ('close_to_tray', 'yes')", [])
        .expect("a setting");
    for (name, value) in [
        ("client.google", "1234-abcd"),
        ("project.google", "evergrant-home"),
        ("client.work", "evergrant-desktop"),
        ("project.work", ""),
        ("client.none", ""),
    ] {
        old.execute("INSERT INTO settings VALUES (?1, ?2)", [name, value])
            .expect("a setting");
    }
    old.pragma_update(None, "application_id", 0x4576_6772)
        .expect("marked");
    old.pragma_update(None, "user_version", 1).expect("numbered");
}

fn of_before(provider: &str, client_id: &str, project: Option<&str>) -> ClientRow {
    ClientRow {
        provider: ProviderId::parse(provider).expect("an id"),
        client_id: client_id.into(),
        project: project.map(Into::into),
        name: None,
        imported_at: Timestamp(0),
    }
}

#[tokio::test]
async fn what_the_first_version_kept_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ledger.sqlite3");
    of_the_first_version(&path);
    for _ in 0..2 {
        let (ledger, condition) = open(&path);
        assert_eq!(condition, Condition::Kept);
        let rows = ledger.rows().await.expect("listed");
        assert_eq!(rows.len(), 1);
        let row = &rows[0];
        assert_eq!((&row.id, row.consents), (&alice(), 3));
        assert_eq!(
            row.consented_at,
            Timestamp(1_800_000_000),
            "nothing newer is known"
        );
        assert_eq!((row.last_used, row.stopped_at, row.rotates), (None, None, false));
        assert_eq!(row.grant_ends_at, Some(Timestamp(1_800_604_800)));
        let setting = ledger.setting("close_to_tray").await.expect("asked");
        assert_eq!(setting.as_deref(), Some("yes"));
        assert_eq!(ledger.lines(&alice(), 10).await.expect("listed"), []);
        let clients = ledger.clients().await.expect("listed");
        assert_eq!(
            clients,
            [
                of_before("google", "1234-abcd", Some("evergrant-home")),
                of_before("work", "evergrant-desktop", None)
            ]
        );
        assert_eq!(ledger.setting("client.google").await.expect("asked"), None);
    }
}
