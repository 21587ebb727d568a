//! What happened to each account, a line at a time.

use evergrant_domain::{AccountId, Code, Timestamp};
use evergrant_engine::ports::{Happening, HistoryLine};
use rusqlite::{Connection, OptionalExtension, params};

/// A line of an account is kept this long, in seconds, and this many are.
const A_YEAR: i64 = 365 * 24 * 60 * 60;
const MOST: i64 = 1_000;
const DAY: i64 = 24 * 60 * 60;

pub(super) fn note(
    connection: &Connection,
    id: &AccountId,
    at: Timestamp,
    what: &Happening,
) -> rusqlite::Result<()> {
    let step = connection.unchecked_transaction()?;
    let (id, at, what) = (id.as_str(), at.0, text(what));
    let newest: Option<(i64, i64, String)> = step
        .prepare_cached(
            "SELECT number, first, what FROM history WHERE account = ?1 ORDER BY number DESC LIMIT 1",
        )?
        .query_one([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    match newest {
        Some((number, first, same)) if same == what && first.div_euclid(DAY) == at.div_euclid(DAY) => {
            step.execute(
                "UPDATE history SET last = ?3, times = times + 1 WHERE account = ?1 AND number = ?2",
                params![id, number, at],
            )?;
        }
        newest => {
            let number = newest.map_or(1, |(number, ..)| number + 1);
            step.execute(
                "INSERT INTO history (account, number, first, last, times, what) VALUES (?1, ?2, ?3, ?3, 1, ?4)",
                params![id, number, at, what],
            )?;
            step.execute(
                "DELETE FROM history WHERE account = ?1 AND (last < ?2 OR number <= ?3)",
                params![id, at - A_YEAR, number - MOST],
            )?;
        }
    }
    step.commit()
}

/// A line that a newer version wrote is left out.
pub(super) fn lines(
    connection: &Connection,
    id: &AccountId,
    limit: u32,
) -> rusqlite::Result<Vec<HistoryLine>> {
    let mut statement = connection.prepare_cached(
        "SELECT first, last, times, what FROM history WHERE account = ?1 ORDER BY number DESC LIMIT ?2",
    )?;
    let mut found = statement.query(params![id.as_str(), limit])?;
    let mut lines = Vec::new();
    while let Some(row) = found.next()? {
        if let Some(what) = happening(&row.get::<_, String>(3)?) {
            lines.push(HistoryLine {
                first: Timestamp(row.get(0)?),
                last: Timestamp(row.get(1)?),
                times: row.get(2)?,
                what,
            });
        }
    }
    Ok(lines)
}

pub(super) fn forget(connection: &Connection, id: &AccountId) -> rusqlite::Result<()> {
    let gone = connection.execute("DELETE FROM history WHERE account = ?1", [id.as_str()]);
    gone.map(drop)
}

const FAILED: &str = "failed:";
const STOPPED: &str = "stopped:";

fn text(what: &Happening) -> String {
    match what {
        Happening::Connected => "connected".to_owned(),
        Happening::Reconnected => "reconnected".to_owned(),
        Happening::Refreshed => "refreshed".to_owned(),
        Happening::Failed(code) => format!("{FAILED}{}", code.as_str()),
        Happening::Stopped(code) => format!("{STOPPED}{}", code.as_str()),
        Happening::Disconnecting => "disconnecting".to_owned(),
    }
}

fn happening(text: &str) -> Option<Happening> {
    let failed = || {
        text.strip_prefix(FAILED)
            .and_then(Code::parse)
            .map(Happening::Failed)
    };
    let stopped = || {
        text.strip_prefix(STOPPED)
            .and_then(Code::parse)
            .map(Happening::Stopped)
    };
    match text {
        "connected" => Some(Happening::Connected),
        "reconnected" => Some(Happening::Reconnected),
        "refreshed" => Some(Happening::Refreshed),
        "disconnecting" => Some(Happening::Disconnecting),
        _ => failed().or_else(stopped),
    }
}
