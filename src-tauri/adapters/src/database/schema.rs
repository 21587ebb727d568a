//! The numbered steps from an empty file to the newest layout.

use rusqlite::{Connection, Transaction, TransactionBehavior};

/// What a database file of this program looks like.
#[derive(Clone, Copy)]
pub(crate) struct Layout {
    /// For the thread and the log.
    pub(crate) name: &'static str,
    /// Marks the file as this one of this program (`PRAGMA application_id`).
    pub(crate) mark: i32,
    /// One step a version, in order; `PRAGMA user_version` counts those taken. Steps are only added.
    pub(crate) steps: &'static [&'static str],
}

/// What a database file says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Empty,
    Known {
        version: usize,
    },
    TooNew,
    /// A database, and not the one that was asked for.
    Foreign,
}

impl Layout {
    pub(super) fn stage(&self, connection: &Connection) -> rusqlite::Result<Stage> {
        let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
        let tables: i64 = connection.query_one("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        let (mark, version) = (number("application_id")?, number("user_version")?);
        let ours = mark == self.mark;
        Ok(match usize::try_from(version) {
            Ok(0) if mark == 0 && tables == 0 => Stage::Empty,
            Ok(version) if ours && version > self.steps.len() => Stage::TooNew,
            Ok(version @ 1..) if ours => Stage::Known { version },
            _ => Stage::Foreign,
        })
    }

    /// Takes the steps that are missing: all of them or none. Writes nothing where none is missing.
    pub(super) fn bring_up_to_date(&self, connection: &mut Connection, from: usize) -> rusqlite::Result<()> {
        if from == self.steps.len() {
            return Ok(());
        }
        let step = Transaction::new(connection, TransactionBehavior::Immediate)?;
        for sql in self.steps.iter().skip(from) {
            step.execute_batch(sql)?;
        }
        step.pragma_update(None, "application_id", self.mark)?;
        step.pragma_update(
            None,
            "user_version",
            i32::try_from(self.steps.len()).unwrap_or(i32::MAX),
        )?;
        step.commit()
    }
}
