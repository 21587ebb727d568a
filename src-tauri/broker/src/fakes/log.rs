use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use evergrant_domain::Fault;

use super::{Mood, locked};
use crate::ports::{Entry, Log, Page, Search, Written};

/// A log in memory. What was noted is there at once.
#[derive(Debug, Default)]
pub struct FakeLog {
    pub page: Mood,
    pub flush: Mood,
    torn: AtomicBool,
    written: Mutex<Vec<Written>>,
}

impl FakeLog {
    /// Every entry, oldest first.
    pub fn all(&self) -> Vec<Written> {
        locked(&self.written).clone()
    }

    /// From now on its pages say that there is a gap.
    pub fn tear(&self) {
        self.torn.store(true, Ordering::Relaxed);
    }
}

#[async_trait]
impl Log for FakeLog {
    fn note(&self, entry: Entry) {
        let mut written = locked(&self.written);
        let number = written.last().map_or(1, |last| last.number + 1);
        written.push(Written {
            number,
            at: entry.at,
            program: entry.program,
            path: entry.path,
            account: entry.account,
            scopes: entry.scopes,
            outcome: entry.outcome,
            code: entry.code.map(str::to_owned),
        });
    }

    async fn page(&self, search: Search) -> Result<Page, Fault> {
        self.page.turn()?;
        let text = search.text.to_lowercase();
        let entries = locked(&self.written)
            .iter()
            .rev()
            .filter(|entry| search.before.is_none_or(|before| entry.number < before))
            .filter(|entry| holds(entry, &text))
            .take(search.limit() as usize)
            .cloned()
            .collect();
        Ok(Page {
            entries,
            intact: !self.torn.load(Ordering::Relaxed),
        })
    }

    async fn flush(&self) -> Result<(), Fault> {
        self.flush.turn()
    }
}

fn holds(entry: &Written, text: &str) -> bool {
    let fields = [
        Some(entry.program.as_str()),
        entry.path.as_deref(),
        entry.account.as_deref(),
        Some(entry.scopes.as_str()),
        Some(entry.outcome.as_str()),
        entry.code.as_deref(),
    ];
    let mut fields = fields.into_iter().flatten();
    fields.any(|field| field.to_lowercase().contains(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn keeps_the_contract_of_a_log() {
        crate::contract::log(&FakeLog::default()).await;
    }

    #[tokio::test]
    async fn tells_of_a_gap_when_told() {
        let log = FakeLog::default();
        log.tear();
        let page = log.page(Search::default()).await.expect("a page");
        assert!(!page.intact);
    }
}
