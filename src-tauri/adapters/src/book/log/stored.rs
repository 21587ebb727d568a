//! One entry as it stands in its table, and its hash.

use evergrant_broker::ports::{EntryOutcome, Written};
use evergrant_domain::Timestamp;
use rusqlite::{Connection, Row, named_params};
use sha2::{Digest, Sha256};

use super::noted::Noted;

pub(super) type Hash = [u8; 32];

/// A place in the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) number: u64,
    pub(super) hash: Hash,
}

/// What `Stored::read` reads, in its order.
pub(super) const COLUMNS: &str = "number, at, program, path, account, scopes, outcome, code, hash";

/// An entry without its hash, with text that is not understood yet: a newer version's outcome has its
/// place in the chain too.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stored<'a> {
    pub(super) number: u64,
    at: i64,
    program: &'a str,
    path: Option<&'a str>,
    account: Option<&'a str>,
    scopes: &'a str,
    outcome: &'a str,
    code: Option<&'a str>,
}

impl<'a> Stored<'a> {
    pub(super) fn new(number: u64, entry: &'a Noted) -> Self {
        let labels = &entry.labels;
        Self {
            number,
            at: entry.at.0,
            program: &labels.program,
            path: labels.path.as_deref(),
            account: labels.account.as_deref(),
            scopes: &labels.scopes,
            outcome: entry.outcome.as_str(),
            code: entry.code,
        }
    }

    /// The entry and its hash; `None` where the row cannot have been written by this program.
    pub(super) fn read(row: &'a Row<'_>) -> Option<(Self, Hash)> {
        let cell = |column: usize| row.get_ref(column).ok();
        let text = |column| cell(column)?.as_str().ok();
        let maybe = |column| cell(column)?.as_str_or_null().ok();
        let stored = Self {
            number: u64::try_from(cell(0)?.as_i64().ok()?).ok()?,
            at: cell(1)?.as_i64().ok()?,
            program: text(2)?,
            path: maybe(3)?,
            account: maybe(4)?,
            scopes: text(5)?,
            outcome: text(6)?,
            code: maybe(7)?,
        };
        let hash = Hash::try_from(cell(8)?.as_blob().ok()?).ok()?;
        Some((stored, hash))
    }

    /// SHA-256 of the hash before it and of every field: numbers in eight bytes, big end first; text
    /// after its length; what may be missing after a byte that says so. No two entries read the same.
    pub(super) fn hash(&self, before: &Hash) -> Hash {
        let mut digest = Sha256::new();
        digest.update(before);
        digest.update(self.number.to_be_bytes());
        digest.update(self.at.to_be_bytes());
        for field in self.fields() {
            digest.update([u8::from(field.is_some())]);
            if let Some(text) = field {
                digest.update((text.len() as u64).to_be_bytes());
                digest.update(text);
            }
        }
        digest.finalize().into()
    }

    pub(super) fn insert(&self, connection: &Connection, hash: &Hash) -> rusqlite::Result<()> {
        let mut statement = connection.prepare_cached(
            "INSERT INTO entries (number, at, program, path, account, scopes, outcome, code, hash)
             VALUES (:number, :at, :program, :path, :account, :scopes, :outcome, :code, :hash)",
        )?;
        statement.execute(named_params! {
            ":number": i64::try_from(self.number).unwrap_or(i64::MAX),
            ":at": self.at,
            ":program": self.program,
            ":path": self.path,
            ":account": self.account,
            ":scopes": self.scopes,
            ":outcome": self.outcome,
            ":code": self.code,
            ":hash": hash,
        })?;
        Ok(())
    }

    /// What a search looks through, and what the hash is made of.
    pub(super) fn fields(&self) -> [Option<&'a str>; 6] {
        [
            Some(self.program),
            self.path,
            self.account,
            Some(self.scopes),
            Some(self.outcome),
            self.code,
        ]
    }

    /// For those who asked; `None` where the outcome is one that this version does not know.
    pub(super) fn written(&self) -> Option<Written> {
        Some(Written {
            number: self.number,
            at: Timestamp(self.at),
            program: self.program.to_owned(),
            path: self.path.map(str::to_owned),
            account: self.account.map(str::to_owned),
            scopes: self.scopes.to_owned(),
            outcome: EntryOutcome::parse(self.outcome)?,
            code: self.code.map(str::to_owned),
        })
    }
}

#[cfg(test)]
mod tests {
    use evergrant_broker::ports::Entry;

    use super::*;

    #[test]
    fn no_two_entries_have_one_hash() {
        let plain = || Entry {
            at: Timestamp(1),
            program: "ab".into(),
            path: None,
            account: None,
            scopes: "c".into(),
            outcome: EntryOutcome::Given,
            code: None,
        };
        let entries = [
            plain(),
            Entry {
                at: Timestamp(2),
                ..plain()
            },
            Entry {
                program: "a".into(),
                scopes: "bc".into(),
                ..plain()
            },
            Entry {
                path: Some(String::new()),
                ..plain()
            },
            Entry {
                path: Some("x".into()),
                ..plain()
            },
            Entry {
                account: Some("x".into()),
                ..plain()
            },
            Entry {
                outcome: EntryOutcome::Ended,
                ..plain()
            },
            Entry {
                code: Some("x"),
                ..plain()
            },
        ];
        let entries = entries.map(Noted::from);
        let mut hashes: Vec<Hash> = entries
            .iter()
            .map(|entry| Stored::new(1, entry).hash(&[0; 32]))
            .collect();
        hashes.push(Stored::new(2, &entries[0]).hash(&[0; 32]));
        hashes.push(Stored::new(1, &entries[0]).hash(&[1; 32]));
        let all = hashes.len();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), all);
    }
}
