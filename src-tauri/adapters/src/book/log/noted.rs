//! Entries as they wait. A program that asks again and again makes entries that differ only in their
//! moment: what they have in common is kept once.

use std::collections::HashSet;
use std::sync::Arc;

use evergrant_broker::ports::{Entry, EntryOutcome};
use evergrant_domain::Timestamp;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Noted {
    pub(super) at: Timestamp,
    pub(super) outcome: EntryOutcome,
    pub(super) code: Option<&'static str>,
    pub(super) labels: Arc<Labels>,
}

/// Who asked for what.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Labels {
    pub(super) program: String,
    pub(super) path: Option<String>,
    pub(super) account: Option<String>,
    pub(super) scopes: String,
}

impl From<Entry> for Noted {
    fn from(entry: Entry) -> Self {
        Self {
            at: entry.at,
            outcome: entry.outcome,
            code: entry.code,
            labels: Arc::new(Labels {
                program: entry.program,
                path: entry.path,
                account: entry.account,
                scopes: entry.scopes,
            }),
        }
    }
}

/// The labels of the entries that wait together.
#[derive(Debug, Default)]
pub(super) struct Common(HashSet<Arc<Labels>>);

impl Common {
    /// The entry, with the labels of an earlier one where they are the same.
    pub(super) fn note(&mut self, entry: Entry) -> Noted {
        let mut noted = Noted::from(entry);
        if let Some(earlier) = self.0.get(&noted.labels) {
            noted.labels = Arc::clone(earlier);
        } else {
            self.0.insert(Arc::clone(&noted.labels));
        }
        noted
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(second: i64, program: &str) -> Entry {
        Entry {
            at: Timestamp(second),
            program: program.into(),
            path: None,
            account: None,
            scopes: String::new(),
            outcome: EntryOutcome::Given,
            code: None,
        }
    }

    #[test]
    fn entries_share_what_is_the_same_and_nothing_else() {
        let mut common = Common::default();
        let [first, other, again] = [(1, "mutt"), (2, "curl"), (3, "mutt")]
            .map(|(second, program)| common.note(entry(second, program)));
        assert!(Arc::ptr_eq(&first.labels, &again.labels));
        assert_eq!(other, Noted::from(entry(2, "curl")));
        assert_eq!(again, Noted::from(entry(3, "mutt")));
    }
}
