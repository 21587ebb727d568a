//! The two ends of the chain, kept apart from the entries: what is missing there shows.

use rusqlite::{Connection, OptionalExtension, params};

use super::stored::{Hash, Link};

#[derive(Clone, Copy)]
pub(super) enum End {
    /// Before the oldest entry that is kept.
    Anchor,
    /// The newest entry.
    Head,
}

impl End {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Anchor => "anchor",
            Self::Head => "head",
        }
    }
}

/// `None` where somebody took it away or made it senseless.
pub(super) fn find(connection: &Connection, end: End) -> rusqlite::Result<Option<Link>> {
    let mut statement = connection.prepare_cached("SELECT number, hash FROM ends WHERE name = ?1")?;
    let found = statement.query_one([end.as_str()], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?))
    });
    let link = found.optional()?.and_then(|(number, hash)| {
        Some(Link {
            number: u64::try_from(number).ok()?,
            hash: Hash::try_from(hash).ok()?,
        })
    });
    Ok(link)
}

pub(super) fn set(connection: &Connection, end: End, link: Link) -> rusqlite::Result<()> {
    let mut statement =
        connection.prepare_cached("INSERT OR REPLACE INTO ends (name, number, hash) VALUES (?1, ?2, ?3)")?;
    let number = i64::try_from(link.number).unwrap_or(i64::MAX);
    statement
        .execute(params![end.as_str(), number, link.hash])
        .map(drop)
}
