//! How long entries are kept.

use rusqlite::{Connection, OptionalExtension};

use super::ends::{self, End};
use super::stored::{Hash, Link};

const DAY: i64 = 86_400;

/// How much of the log is kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct Retention {
    pub(super) days: u32,
    /// Entries kept at most, however young.
    pub(super) most: i64,
}

impl Retention {
    /// About a quarter of a gigabyte: a program that never stops asking fills the log, not the disk.
    pub(super) const MOST: i64 = 1_000_000;
}

/// What was taken away.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pruned {
    /// The newest entry that is gone.
    pub(super) anchor: Link,
    /// There may be more to take away.
    pub(super) more: bool,
}

/// Takes away the oldest entries that are past their time, at most so many, within the caller's
/// transaction.
///
/// Only the entries say what time it is, and only when a day has gone by among them: the moment that
/// counts is the last one at least a day before the newest entry. A clock that stood years ahead for
/// an hour, as after a battery died, takes nothing away; in a log in use it costs a day more. Moments
/// after the newest entry's (the clock was ahead once) hold nothing back.
pub(super) fn prune(
    connection: &Connection,
    retention: Retention,
    slice: usize,
) -> rusqlite::Result<Option<Pruned>> {
    let Some(keep) = oldest_to_keep(connection, retention)? else {
        return Ok(None);
    };
    let skip = i64::try_from(slice).unwrap_or(i64::MAX) - 1;
    let nth = "SELECT number, hash FROM entries WHERE number < ?1 ORDER BY number LIMIT 1 OFFSET ?2";
    let last = "SELECT number, hash FROM entries WHERE number < ?1 ORDER BY number DESC LIMIT 1";
    let link = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?));
    let full = connection.query_one(nth, [keep, skip], link).optional()?;
    let more = full.is_some();
    let gone = match full {
        Some(gone) => Some(gone),
        None => connection.query_one(last, [keep], link).optional()?,
    };
    let Some((number, hash)) = gone else {
        return Ok(None);
    };
    connection.execute("DELETE FROM entries WHERE number <= ?1", [number])?;
    let anchor = Link {
        number: u64::try_from(number).unwrap_or(0),
        // A hash that makes no sense stays one: the gap shows at the anchor then.
        hash: Hash::try_from(hash).unwrap_or_default(),
    };
    ends::set(connection, End::Anchor, anchor)?;
    Ok(Some(Pruned { anchor, more }))
}

/// The number of the oldest entry that must stay; `None` where there is no entry.
fn oldest_to_keep(connection: &Connection, retention: Retention) -> rusqlite::Result<Option<i64>> {
    let newest = connection
        .query_one(
            "SELECT number, at FROM entries ORDER BY number DESC LIMIT 1",
            [],
            |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)),
        )
        .optional()?;
    let Some((newest, at)) = newest else {
        return Ok(None);
    };
    let agreed = "SELECT max(at) FROM entries WHERE at <= ?1";
    let agreed: Option<i64> = connection.query_one(agreed, [at.saturating_sub(DAY)], |row| row.get(0))?;
    let by_number = newest.saturating_sub(retention.most - 1);
    let Some(agreed) = agreed else {
        return Ok(Some(by_number));
    };
    let cutoff = agreed.saturating_sub(i64::from(retention.days) * DAY);
    // In the order of their numbers, not of the index on moments: the first one found ends it.
    let young = "SELECT number FROM entries WHERE +at BETWEEN ?1 AND ?2 ORDER BY number LIMIT 1";
    // The newest entry is among them.
    let by_age: i64 = connection.query_one(young, [cutoff, at], |row| row.get(0))?;
    Ok(Some(by_age.max(by_number)))
}

#[cfg(test)]
mod tests {
    use evergrant_broker::ports::{Entry, EntryOutcome};
    use evergrant_domain::Timestamp;

    use super::super::append::append;
    use super::super::noted::Noted;
    use super::super::verification::Verification;
    use super::*;

    const NOW: i64 = 1_800_000_000;
    const QUARTER: Retention = Retention {
        days: 90,
        most: 1_000,
    };

    /// A log with an entry at each of these days, counted from now.
    fn log(days: &[i64]) -> Connection {
        let connection = Connection::open_in_memory().expect("opened");
        connection
            .execute_batch(crate::book::LAYOUT.steps[0])
            .expect("made");
        let entry = |day: &i64| Entry {
            at: Timestamp(NOW + day * DAY),
            program: "mail".into(),
            path: None,
            account: None,
            scopes: String::new(),
            outcome: EntryOutcome::Given,
            code: None,
        };
        let entries: Vec<Noted> = days.iter().map(entry).map(Noted::from).collect();
        append(&connection, &entries).expect("appended");
        connection
    }

    /// The days that are left, and the chain is whole.
    fn left(connection: &Connection) -> Vec<i64> {
        let whole = Verification::default().finish(connection).expect("read");
        assert!(whole, "it verifies from the anchor");
        let mut statement = connection
            .prepare("SELECT at FROM entries ORDER BY number")
            .expect("prepared");
        let days = statement
            .query_map([], |row| Ok((row.get::<_, i64>(0)? - NOW) / DAY))
            .expect("asked");
        days.map(|day| day.expect("a day")).collect()
    }

    #[test]
    fn what_is_past_its_time_goes_and_the_rest_still_verifies() {
        let connection = log(&[-200, -100, -92, -91, -90, -30, -1, 0]);
        let pruned = prune(&connection, QUARTER, 100).expect("pruned").expect("some");
        assert_eq!((pruned.anchor.number, pruned.more), (3, false));
        assert_eq!(left(&connection), [-91, -90, -30, -1, 0]);
        assert!(prune(&connection, QUARTER, 100).expect("asked").is_none());
    }

    #[test]
    fn a_clock_that_jumped_years_ahead_takes_nothing_away() {
        let connection = log(&[-40, -20, -1, 0, 3_650, 3_650]);
        assert!(prune(&connection, QUARTER, 100).expect("asked").is_none());
        assert_eq!(left(&connection).len(), 6);
    }

    #[test]
    fn moments_that_never_came_hold_nothing_back() {
        let connection = log(&[-200, 3_650, -150, -2, 0]);
        prune(&connection, QUARTER, 100).expect("pruned").expect("some");
        assert_eq!(left(&connection), [-2, 0]);
    }

    #[test]
    fn one_day_of_use_is_kept_whatever_the_retention() {
        let connection = log(&[-300, 0]);
        let none = Retention { days: 0, ..QUARTER };
        assert!(prune(&connection, none, 100).expect("asked").is_none());
    }

    #[test]
    fn it_goes_slice_by_slice() {
        let connection = log(&[-200, -199, -198, -197, -196, -1, 0]);
        let mut slices = 0;
        while prune(&connection, QUARTER, 2)
            .expect("pruned")
            .is_some_and(|pruned| pruned.more)
        {
            slices += 1;
            assert_eq!(left(&connection).len(), 7 - 2 * slices);
        }
        assert_eq!((slices, left(&connection)), (2, vec![-1, 0]));
    }

    #[test]
    fn there_are_never_too_many_however_young() {
        let connection = log(&[0; 50]);
        let few = Retention { most: 20, ..QUARTER };
        prune(&connection, few, 100).expect("pruned").expect("some");
        assert_eq!(left(&connection).len(), 20);
    }
}
