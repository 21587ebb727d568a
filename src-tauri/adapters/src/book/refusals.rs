//! Refusals between their table and the program's own types.

use evergrant_broker::ProgramKey;
use evergrant_broker::ports::{Refusal, RefusalEnd};
use evergrant_domain::Timestamp;
use rusqlite::{Connection, Row, named_params};

use super::known;

/// All refusals. One that makes no sense is left where it is and holds nobody off.
pub(super) fn all(connection: &Connection) -> rusqlite::Result<Vec<Refusal>> {
    let mut statement = connection.prepare_cached("SELECT * FROM refusals ORDER BY program")?;
    let mut found = statement.query([])?;
    let mut refusals = Vec::new();
    while let Some(row) = found.next()? {
        if let Some(refusal) = read(row)? {
            refusals.push(refusal);
        } else {
            tracing::warn!("a refusal in the book makes no sense and is not used");
        }
    }
    Ok(refusals)
}

pub(super) fn save(connection: &Connection, refusal: &Refusal) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "INSERT OR REPLACE INTO refusals (program, name, path, assurance, origin, ends, times)
         VALUES (:program, :name, :path, :assurance, :origin, :ends, :times)",
    )?;
    statement.execute(named_params! {
        ":program": refusal.program.key.as_str(),
        ":name": refusal.program.name,
        ":path": refusal.program.path,
        ":assurance": refusal.program.assurance.as_str(),
        ":origin": known::origin_text(refusal.program.origin),
        ":ends": match refusal.end {
            RefusalEnd::At(moment) => Some(moment.0),
            RefusalEnd::Never => None,
        },
        ":times": refusal.times,
    })?;
    Ok(())
}

pub(super) fn lift(connection: &Connection, program: &ProgramKey) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached("DELETE FROM refusals WHERE program = ?1")?;
    statement.execute([program.as_str()]).map(drop)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Option<Refusal>> {
    let times = u32::try_from(row.get::<_, i64>("times")?);
    let (Some(program), Ok(times)) = (known::read(row)?, times) else {
        return Ok(None);
    };
    let ends: Option<i64> = row.get("ends")?;
    Ok(Some(Refusal {
        program,
        end: ends.map_or(RefusalEnd::Never, |moment| RefusalEnd::At(Timestamp(moment))),
        times,
    }))
}
