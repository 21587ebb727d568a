use std::collections::BTreeMap;
use std::sync::Mutex;

use async_trait::async_trait;
use evergrant_domain::{AccountId, Fault, Timestamp};

use super::{Mood, locked};
use crate::ports::{Happening, History, HistoryLine};

/// A history in memory.
#[derive(Default)]
pub struct MemoryHistory {
    pub note: Mood,
    /// Newest last.
    kept: Mutex<BTreeMap<AccountId, Vec<HistoryLine>>>,
}

const DAY: i64 = 24 * 60 * 60;
const MOST: usize = 1_000;

#[async_trait]
impl History for MemoryHistory {
    async fn note(&self, id: &AccountId, at: Timestamp, what: &Happening) -> Result<(), Fault> {
        self.note.turn().await?;
        let mut kept = locked(&self.kept);
        let lines = kept.entry(id.clone()).or_default();
        match lines.last_mut() {
            Some(line) if line.what == *what && line.first.0.div_euclid(DAY) == at.0.div_euclid(DAY) => {
                line.last = line.last.max(at);
                line.times += 1;
            }
            _ => lines.push(HistoryLine {
                first: at,
                last: at,
                times: 1,
                what: what.clone(),
            }),
        }
        lines.retain(|line| at.0 - line.last.0 <= 365 * DAY);
        let surplus = lines.len().saturating_sub(MOST);
        lines.drain(..surplus);
        Ok(())
    }

    async fn lines(&self, id: &AccountId, limit: u32) -> Result<Vec<HistoryLine>, Fault> {
        let kept = locked(&self.kept);
        let lines = kept.get(id).into_iter().flatten().rev();
        Ok(lines.take(limit as usize).cloned().collect())
    }

    async fn forget(&self, id: &AccountId) -> Result<(), Fault> {
        locked(&self.kept).remove(id);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #[tokio::test]
    async fn keeps_the_contract_of_a_history() {
        crate::contract::history(&super::MemoryHistory::default()).await;
    }
}
