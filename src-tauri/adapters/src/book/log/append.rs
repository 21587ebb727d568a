//! New entries at the end of the chain.

use rusqlite::Connection;

use super::ends::{self, End};
use super::noted::Noted;
use super::stored::{Link, Stored};

/// Where entries were added to the chain.
#[derive(Clone, Copy, Debug)]
pub(super) struct Appended {
    pub(super) after: Link,
    pub(super) head: Link,
}

/// Adds these entries, within the caller's transaction.
pub(super) fn append(connection: &Connection, entries: &[Noted]) -> rusqlite::Result<Appended> {
    let after = end_of_chain(connection)?;
    let mut head = after;
    for entry in entries {
        let stored = Stored::new(head.number + 1, entry);
        let hash = stored.hash(&head.hash);
        stored.insert(connection, &hash)?;
        head = Link {
            number: stored.number,
            hash,
        };
    }
    ends::set(connection, End::Head, head)?;
    Ok(Appended { after, head })
}

/// What the next entry follows. Where the table of ends and the entries do not agree, the log goes on
/// all the same and leaves out a number: the gap shows for as long as its place is kept.
fn end_of_chain(connection: &Connection) -> rusqlite::Result<Link> {
    let newest: Option<i64> =
        connection.query_one("SELECT max(number) FROM entries", [], |row| row.get(0))?;
    let newest = u64::try_from(newest.unwrap_or(0)).unwrap_or(0);
    let head = ends::find(connection, End::Head)?;
    Ok(head.filter(|head| head.number >= newest).unwrap_or(Link {
        number: newest + 1,
        hash: [0; 32],
    }))
}
