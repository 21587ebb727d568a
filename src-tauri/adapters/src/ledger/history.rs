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
                "UPDATE history SET last = max(last, ?3), times = times + 1 WHERE account = ?1 AND number = ?2",
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
        "SELECT first, last, times, what FROM history WHERE account = ?1 ORDER BY number DESC",
    )?;
    let mut found = statement.query([id.as_str()])?;
    let mut lines = Vec::new();
    while lines.len() < limit as usize {
        let Some(row) = found.next()? else { break };
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

#[cfg(test)]
mod tests {
    use evergrant_domain::Subject;

    use super::*;
    use crate::ledger::LAYOUT;

    fn opened() -> Connection {
        let connection = Connection::open_in_memory().expect("opened");
        for step in LAYOUT.steps {
            connection.execute_batch(step).expect("a step");
        }
        connection
    }

    #[test]
    fn a_line_that_makes_no_sense_is_left_out_and_takes_no_place() {
        let connection = opened();
        let id = AccountId::of(&Subject {
            issuer: "i".into(),
            sub: "s".into(),
        });
        let at = |day: i64| Timestamp(day * DAY);
        note(&connection, &id, at(1), &Happening::Connected).expect("noted");
        let plant = "INSERT INTO history SELECT ?1, 10 + key, 0, 0, 1, value FROM json_each(?2)";
        let senseless = r#"["", "danced", "failed:", "failed:of_hunger", "stopped", "Refreshed"]"#;
        let planted = connection.execute(plant, [id.as_str(), senseless]);
        assert_eq!(planted.expect("planted"), 6);
        note(&connection, &id, at(2), &Happening::Refreshed).expect("noted");

        let found = lines(&connection, &id, 2).expect("listed");
        let found: Vec<_> = found.into_iter().map(|line| line.what).collect();
        assert_eq!(found, [Happening::Refreshed, Happening::Connected]);
    }
}
