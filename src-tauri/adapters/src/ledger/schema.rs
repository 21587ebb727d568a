//! The numbered steps from an empty file to the newest layout.

use rusqlite::{Connection, Transaction, TransactionBehavior};

/// One step a version, in order; `PRAGMA user_version` counts those taken. Steps are only added.
const STEPS: [&str; 1] = [include_str!("migrations/001_accounts.sql")];

/// Marks the file as a ledger of this program (`PRAGMA application_id`): "Evgr".
const MARK: i32 = 0x4576_6772;

/// What a database file says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    Empty,
    Known {
        version: usize,
    },
    TooNew,
    /// A database, and not this program's.
    Foreign,
}

pub(super) fn layout(connection: &Connection) -> rusqlite::Result<Layout> {
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    let tables: i64 = connection.query_one("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let (mark, version) = (number("application_id")?, number("user_version")?);
    Ok(match (mark, usize::try_from(version)) {
        (0, Ok(0)) if tables == 0 => Layout::Empty,
        (MARK, Ok(version @ 1..)) if version <= STEPS.len() => Layout::Known { version },
        (MARK, Ok(version)) if version > STEPS.len() => Layout::TooNew,
        _ => Layout::Foreign,
    })
}

/// Takes the steps that are missing: all of them or none. Writes nothing where none is missing.
pub(super) fn bring_up_to_date(connection: &mut Connection, from: usize) -> rusqlite::Result<()> {
    if from == STEPS.len() {
        return Ok(());
    }
    let step = Transaction::new(connection, TransactionBehavior::Immediate)?;
    for sql in STEPS.iter().skip(from) {
        step.execute_batch(sql)?;
    }
    step.pragma_update(None, "application_id", MARK)?;
    step.pragma_update(
        None,
        "user_version",
        i32::try_from(STEPS.len()).unwrap_or(i32::MAX),
    )?;
    step.commit()
}
