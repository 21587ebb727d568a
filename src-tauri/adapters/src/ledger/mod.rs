//! The ledger on the disk: one database file, one thread that owns the connection.

mod client;
mod history;
pub(crate) mod row;

use std::path::Path;

use async_trait::async_trait;
use evergrant_domain::{AccountId, Fault, Timestamp};
use evergrant_engine::ports::{ClientRow, Happening, History, HistoryLine, Ledger, Row};
use rusqlite::{OptionalExtension, params};

pub use crate::database::Condition;
use crate::database::{self, Desk, Layout};

const LAYOUT: Layout = Layout {
    name: "ledger",
    mark: 0x4576_6772, // "Evgr"
    steps: &[
        include_str!("migrations/001_accounts.sql"),
        include_str!("migrations/002_history.sql"),
        include_str!("migrations/003_clients.sql"),
    ],
};

/// The ledger of one profile. A call that returned is on the disk.
pub struct SqliteLedger {
    desk: Desk,
}

impl SqliteLedger {
    /// Opens the ledger, making it where there is none. Blocks for as long as another program opens
    /// the same file, and no longer than a few seconds.
    ///
    /// # Errors
    /// `LedgerTooNew` leaves the file as it is; `DiskFull`; `LedgerFailed`.
    pub fn open(path: &Path) -> Result<(Self, Condition), Fault> {
        let (connection, condition) = database::open(path, LAYOUT)?;
        let desk = Desk::start(connection, LAYOUT.name)?;
        Ok((Self { desk }, condition))
    }
}

#[async_trait]
impl Ledger for SqliteLedger {
    async fn rows(&self) -> Result<Vec<Row>, Fault> {
        self.desk.ask(row::all).await
    }

    async fn save(&self, row: &Row) -> Result<(), Fault> {
        let row = row.clone();
        self.desk.ask(move |connection| row::save(connection, &row)).await
    }

    async fn remove(&self, id: &AccountId) -> Result<(), Fault> {
        let id = id.clone();
        let remove = "DELETE FROM accounts WHERE id = ?1";
        self.desk
            .ask(move |connection| connection.execute(remove, [id.as_str()]).map(drop))
            .await
    }

    async fn clients(&self) -> Result<Vec<ClientRow>, Fault> {
        self.desk.ask(client::all).await
    }

    async fn save_client(&self, client: &ClientRow) -> Result<(), Fault> {
        let client = client.clone();
        self.desk
            .ask(move |connection| client::save(connection, &client))
            .await
    }

    async fn remove_client(&self, client: &ClientRow) -> Result<(), Fault> {
        let client = client.clone();
        self.desk
            .ask(move |connection| client::remove(connection, &client))
            .await
    }

    async fn setting(&self, name: &str) -> Result<Option<String>, Fault> {
        let name = name.to_owned();
        let find = "SELECT value FROM settings WHERE name = ?1";
        self.desk
            .ask(move |connection| connection.query_one(find, [name], |row| row.get(0)).optional())
            .await
    }

    async fn set_setting(&self, name: &str, value: &str) -> Result<(), Fault> {
        let (name, value) = (name.to_owned(), value.to_owned());
        let set = "INSERT INTO settings (name, value) VALUES (?1, ?2)
                   ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        let take_back = "DELETE FROM settings WHERE name = ?1";
        self.desk
            .ask(move |connection| {
                let changed = match value.as_str() {
                    "" => connection.execute(take_back, [name]),
                    value => connection.execute(set, params![name, value]),
                };
                changed.map(drop)
            })
            .await
    }
}

#[async_trait]
impl History for SqliteLedger {
    async fn note(&self, id: &AccountId, at: Timestamp, what: &Happening) -> Result<(), Fault> {
        let (id, what) = (id.clone(), what.clone());
        self.desk
            .ask(move |connection| history::note(connection, &id, at, &what))
            .await
    }

    async fn lines(&self, id: &AccountId, limit: u32) -> Result<Vec<HistoryLine>, Fault> {
        let id = id.clone();
        self.desk
            .ask(move |connection| history::lines(connection, &id, limit))
            .await
    }

    async fn forget(&self, id: &AccountId) -> Result<(), Fault> {
        let id = id.clone();
        self.desk
            .ask(move |connection| history::forget(connection, &id))
            .await
    }
}

#[cfg(test)]
mod tests {
    use evergrant_domain::Code;

    use super::*;

    #[tokio::test]
    async fn every_commit_is_synced() {
        const FULL: i64 = 2;
        let folder = tempfile::tempdir().expect("a folder");
        let (ledger, _) = SqliteLedger::open(&folder.path().join("l.sqlite3")).expect("opened");
        let asked = ledger.desk.ask(|connection| {
            let journal = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
            let synced = connection.pragma_query_value(None, "synchronous", |row| row.get(0))?;
            Ok::<(String, i64), _>((journal, synced))
        });
        assert_eq!(asked.await.expect("asked"), ("wal".to_owned(), FULL));
    }

    #[tokio::test]
    async fn a_row_that_makes_no_sense_hides_no_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let (ledger, _) = SqliteLedger::open(&folder.path().join("l.sqlite3")).expect("opened");
        let account = "INSERT INTO accounts
            SELECT value, 'google', 'c', 'i', 's', NULL, NULL, NULL, NULL, '', '', 'connected', 0, NULL, NULL, 1,
                   0, NULL, NULL, 0
            FROM json_each('[\"no id\", \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"]')";
        let planted = ledger
            .desk
            .ask(|connection| connection.execute(account, []))
            .await;
        assert_eq!(planted.expect("planted"), 2);
        assert_eq!(ledger.rows().await.expect("listed").len(), 1);
    }

    /// A limit on pages answers `SQLITE_FULL` exactly as a full disk does.
    #[tokio::test]
    async fn a_full_disk_is_said_and_what_stood_before_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let (ledger, _) = SqliteLedger::open(&folder.path().join("l.sqlite3")).expect("opened");
        ledger.set_setting("kept", "before").await.expect("set");
        let limit = |pages: u32| {
            ledger.desk.ask(move |connection| {
                connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))
            })
        };
        limit(1).await.expect("limited to the pages it has");
        let long = "long ".repeat(20_000);
        let fault = ledger.set_setting("kept", &long).await.expect_err("full");
        assert_eq!(fault.code, Code::DiskFull);
        let kept = ledger.setting("kept").await.expect("asked");
        assert_eq!(kept.as_deref(), Some("before"), "rolled back");

        limit(100_000).await.expect("room again");
        ledger
            .set_setting("kept", &long)
            .await
            .expect("goes on without a restart");
    }
}
