//! Every fault that a provider can have, at every endpoint, while a person connects, reconnects,
//! refreshes, tests or disconnects an account: `table.md` says what must come of it.
//!
//! Each cell is also held to what must follow whatever it says: see `deeds`.

#[path = "../house/mod.rs"]
mod house;

mod broken;
mod deeds;
mod follows;
mod person;
mod table;

use std::{collections::BTreeSet, time::Duration};

use futures_util::{StreamExt, stream};
use tokio::time::timeout;

use house::google::Google;
use table::{Cell, Table};

/// Each with an engine and a provider of its own; a fault that hangs keeps nobody else waiting.
const AT_ONCE: usize = 8;
/// Whatever is not over by then never will be, on a busy machine too.
const LONGEST: Duration = Duration::from_secs(180);

async fn hold(deed: &str) {
    let table = Table::read();
    let cells = table.of(deed).filter(|cell| cell.expected.is_some());
    let seen = stream::iter(cells).map(|cell| {
        let plan = table.faults[&cell.fault].clone();
        async move {
            let seen = timeout(LONGEST, deeds::seen(cell, &plan)).await;
            (cell, seen.unwrap_or_else(|_| "no end".to_owned()))
        }
    });
    let seen: Vec<(&Cell, String)> = seen.buffer_unordered(AT_ONCE).collect().await;
    assert!(!seen.is_empty(), "no cell of {deed}");
    let wrong: Vec<String> = seen
        .into_iter()
        .filter(|(cell, seen)| cell.expected.as_ref() != Some(seen))
        .map(|(cell, seen)| {
            let expected = cell.expected.as_deref().unwrap_or_default();
            format!(
                "{} · {} · {}: expected {expected}, saw {seen}",
                cell.deed, cell.endpoint, cell.fault
            )
        })
        .collect();
    assert!(wrong.is_empty(), "{} cells:\n{}", wrong.len(), wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn while_connecting() {
    hold(deeds::CONNECT).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_reconnecting() {
    hold(deeds::RECONNECT).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_refreshing() {
    hold(deeds::REFRESH).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_refreshing_where_tokens_rotate() {
    hold(deeds::ROTATE).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_testing() {
    hold(deeds::TEST).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_disconnecting() {
    hold(deeds::DISCONNECT).await;
}

/// No fault of the practice provider is left out, and no cell where it means something is left empty.
#[tokio::test(flavor = "multi_thread")]
async fn the_table_is_whole() {
    let (table, google) = (Table::read(), Google::open().await);
    let kinds: BTreeSet<&str> = table
        .faults
        .values()
        .filter_map(|plan| plan["fault"].as_str())
        .collect();
    let known = google.fault_names().await;
    assert!(known.len() > 30, "{known:?}");
    for kind in &known {
        assert!(kinds.contains(kind.as_str()), "{kind} is not in the table");
    }
    for deed in [
        deeds::CONNECT,
        deeds::RECONNECT,
        deeds::REFRESH,
        deeds::ROTATE,
        deeds::TEST,
        deeds::DISCONNECT,
    ] {
        let rows: BTreeSet<&String> = table.of(deed).map(|cell| &cell.fault).collect();
        assert_eq!(rows, table.faults.keys().collect(), "the rows of {deed}");
    }
    for cell in &table.cells {
        let fits = google
            .break_down(&cell.endpoint, &table.faults[&cell.fault])
            .await;
        assert_eq!(cell.expected.is_some(), fits.is_ok(), "{cell:?}");
    }
}
