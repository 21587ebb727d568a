//! One page of the log, newest first.

use evergrant_broker::ports::{Page, Search};
use rusqlite::{Connection, OptionalExtension, params};

use super::ends::{self, End};
use super::stored::{COLUMNS, Hash, Link, Stored};
use super::verification::{Verification, follows};

/// Lets the database leave out most of what is not looked for, twice as fast as reading it here;
/// `Needle` has the last word.
const SIFT: &str = r"(?2 IS NULL
    OR program LIKE ?2 ESCAPE '\' OR path LIKE ?2 ESCAPE '\' OR account LIKE ?2 ESCAPE '\'
    OR scopes LIKE ?2 ESCAPE '\' OR outcome LIKE ?2 ESCAPE '\' OR code LIKE ?2 ESCAPE '\')";

/// Finds the entries, and says whether the chain is whole: what is not verified yet is verified now,
/// and the entries shown are verified again.
pub(super) fn page(
    connection: &Connection,
    verification: &mut Verification,
    search: &Search,
) -> rusqlite::Result<Page> {
    // One state of the file for all that is read below.
    let reading = connection.unchecked_transaction()?;
    let mut intact = verification.finish(&reading)?;
    let mut needle = Needle::new(&search.text);
    let limit = search.limit() as usize;
    let mut entries = Vec::new();

    let sql = format!("SELECT {COLUMNS} FROM entries WHERE number < ?1 AND {SIFT} ORDER BY number DESC");
    let mut statement = reading.prepare_cached(&sql)?;
    let before = search.before.and_then(|before| i64::try_from(before).ok());
    let mut rows = statement.query(params![before.unwrap_or(i64::MAX), needle.pattern()])?;
    while entries.len() < limit {
        let Some(row) = rows.next()? else { break };
        let Some((entry, hash)) = Stored::read(row) else {
            intact = false;
            tracing::warn!("an entry of the log makes no sense and is not shown");
            continue;
        };
        if !needle.is_in(&entry) {
            continue;
        }
        let predecessor = link_before(&reading, entry.number)?;
        intact &= predecessor.is_some_and(|link| follows(&entry, &hash, link));
        if let Some(written) = entry.written() {
            entries.push(written);
        } else {
            tracing::warn!("an entry of the log has an outcome nobody knows and is not shown");
        }
    }
    Ok(Page { entries, intact })
}

/// The entry before this one, or the anchor.
fn link_before(connection: &Connection, number: u64) -> rusqlite::Result<Option<Link>> {
    let Some(before) = number.checked_sub(1) else {
        return Ok(None);
    };
    let mut statement = connection.prepare_cached("SELECT hash FROM entries WHERE number = ?1")?;
    let number = i64::try_from(before).unwrap_or(i64::MAX);
    let hash: Option<Vec<u8>> = statement.query_one([number], |row| row.get(0)).optional()?;
    match hash {
        Some(hash) => Ok(Hash::try_from(hash)
            .ok()
            .map(|hash| Link { number: before, hash })),
        None => ends::find(connection, End::Anchor),
    }
}

/// A text that is looked for, in any case.
struct Needle {
    text: String,
    /// The fields of an entry in small letters; kept to be used again.
    hay: String,
}

impl Needle {
    /// Between two fields. No name, path or address has it, and a needle with it finds nothing.
    const BETWEEN: char = '\0';

    fn new(text: &str) -> Self {
        Self {
            text: text.to_lowercase(),
            hay: String::new(),
        }
    }

    /// What `SIFT` looks for; `None` where `LIKE` would miss something (it knows the letters of ASCII
    /// only) or refuse the pattern as too long.
    fn pattern(&self) -> Option<String> {
        const LONGEST: usize = 1_000;
        if self.text.is_empty() || !self.text.is_ascii() || self.text.len() > LONGEST {
            return None;
        }
        let mut pattern = String::from("%");
        for letter in self.text.chars() {
            match letter {
                // Small letters of the Kelvin sign and of the dotted capital I, too, which `LIKE` does not
                // know: here any letter may stand.
                'i' | 'k' => pattern.push('_'),
                '%' | '_' | '\\' => pattern.extend(['\\', letter]),
                _ => pattern.push(letter),
            }
        }
        pattern.push('%');
        Some(pattern)
    }

    fn is_in(&mut self, entry: &Stored<'_>) -> bool {
        if self.text.is_empty() {
            return true;
        }
        if self.text.contains(Self::BETWEEN) {
            return false;
        }
        self.hay.clear();
        for field in entry.fields().into_iter().flatten() {
            if field.is_ascii() {
                self.hay.push_str(field);
            } else {
                self.hay.push_str(&field.to_lowercase());
            }
            self.hay.push(Self::BETWEEN);
        }
        self.hay.make_ascii_lowercase();
        self.hay.contains(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_i_and_k_are_small_letters_of_letters_beyond_ascii() {
        let beyond = ('\u{80}'..=char::MAX).flat_map(char::to_lowercase);
        let mut within: Vec<char> = beyond.filter(char::is_ascii).collect();
        within.sort_unstable();
        assert_eq!(within, ['i', 'k']);
    }

    #[test]
    fn nothing_that_was_typed_means_more_than_itself() {
        let pattern = |text| Needle::new(text).pattern();
        assert_eq!(pattern("100%_\\ Mail").as_deref(), Some(r"%100\%\_\\ ma_l%"));
        assert_eq!(pattern("\u{212a}").as_deref(), Some("%_%"));
        for unfit in ["", "zoë", &"a".repeat(1_001)] {
            assert_eq!(pattern(unfit), None, "{unfit}");
        }
    }
}
