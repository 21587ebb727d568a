//! Whether the chain has a gap.

use rusqlite::Connection;

use super::append::Appended;
use super::ends::{self, End};
use super::retention::Pruned;
use super::stored::{COLUMNS, Hash, Link, Stored};

/// How far the chain was verified since the file was opened, or since another connection last wrote
/// to it, which begins it anew.
///
/// The chain has no secret in it. It shows what was damaged, lost or clumsily changed; whoever can
/// write the file and takes the trouble can make a whole new chain while this program does not run.
#[derive(Debug, Default)]
pub(super) struct Verification {
    /// `PRAGMA data_version` when it began: another once somebody else has written to the file.
    began_at: Option<i64>,
    /// The last entry that follows the one before it; `None`: there is a gap.
    up_to: Option<Link>,
    /// The newest entry that was verified before it began anew: it has to be there again.
    witness: Option<Link>,
}

impl Verification {
    /// Verifies this many further entries, within the caller's transaction. `None`: there are more
    /// to come; otherwise whether the chain is whole, from the anchor to the head.
    pub(super) fn go_on(&mut self, connection: &Connection, most: usize) -> rusqlite::Result<Option<bool>> {
        let version = connection.pragma_query_value(None, "data_version", |row| row.get(0))?;
        if self.began_at != Some(version) {
            let seen = self.up_to.into_iter().chain(self.witness);
            self.witness = seen.max_by_key(|link| link.number);
            self.up_to = beginning(connection)?;
            self.began_at = Some(version);
        }
        let Some(verified) = self.up_to else {
            return Ok(Some(false));
        };
        let Some((link, walked)) = self.walk(connection, verified, most)? else {
            return Ok(Some(self.torn()));
        };
        self.up_to = Some(link);
        if walked == most {
            return Ok(None);
        }
        let cut_short = self.witness.is_some_and(|seen| seen.number > link.number);
        if cut_short || ends::find(connection, End::Head)? != Some(link) {
            return Ok(Some(self.torn()));
        }
        Ok(Some(true))
    }

    /// Verifies all that is left.
    pub(super) fn finish(&mut self, connection: &Connection) -> rusqlite::Result<bool> {
        Ok(self.go_on(connection, usize::MAX)?.unwrap_or(false))
    }

    /// What this program has just written needs no reading.
    pub(super) fn appended(&mut self, appended: Appended) {
        if self.up_to == Some(appended.after) {
            self.up_to = Some(appended.head);
        }
    }

    /// What is gone need not be read any more.
    pub(super) fn pruned(&mut self, pruned: Pruned) {
        if self.up_to.is_some_and(|link| link.number < pruned.anchor.number) {
            self.up_to = Some(pruned.anchor);
        }
        self.witness = self.witness.filter(|seen| seen.number > pruned.anchor.number);
    }

    /// From a verified entry onwards, at most so many: the last one and how many; `None` at a gap.
    fn walk(
        &self,
        connection: &Connection,
        from: Link,
        most: usize,
    ) -> rusqlite::Result<Option<(Link, usize)>> {
        let sql = format!("SELECT {COLUMNS} FROM entries WHERE number > ?1 ORDER BY number LIMIT ?2");
        let mut statement = connection.prepare_cached(&sql)?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let mut rows = statement.query([i64::try_from(from.number).unwrap_or(i64::MAX), most])?;
        let (mut link, mut walked) = (from, 0);
        while let Some(row) = rows.next()? {
            let Some((entry, hash)) = Stored::read(row) else {
                return Ok(None);
            };
            let next = Link {
                number: entry.number,
                hash,
            };
            let replaced = self
                .witness
                .is_some_and(|seen| seen.number == next.number && seen != next);
            if replaced || !follows(&entry, &hash, link) {
                return Ok(None);
            }
            link = next;
            walked += 1;
        }
        Ok(Some((link, walked)))
    }

    fn torn(&mut self) -> bool {
        self.up_to = None;
        tracing::warn!("the log has a gap");
        false
    }
}

/// The anchor, where nothing stands before it.
fn beginning(connection: &Connection) -> rusqlite::Result<Option<Link>> {
    let Some(anchor) = ends::find(connection, End::Anchor)? else {
        return Ok(None);
    };
    let before = "SELECT EXISTS (SELECT 1 FROM entries WHERE number <= ?1)";
    let number = i64::try_from(anchor.number).unwrap_or(i64::MAX);
    let before: bool = connection.query_one(before, [number], |row| row.get(0))?;
    Ok((!before).then_some(anchor))
}

/// Whether an entry follows a place in the chain.
pub(super) fn follows(entry: &Stored<'_>, hash: &Hash, before: Link) -> bool {
    before.number.checked_add(1) == Some(entry.number) && entry.hash(&before.hash) == *hash
}
