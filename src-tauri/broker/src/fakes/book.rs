use std::collections::BTreeMap;
use std::sync::Mutex;

use async_trait::async_trait;
use evergrant_domain::Fault;

use super::{Mood, locked};
use crate::ports::{Book, Grant, GrantId, Refusal};
use crate::program::ProgramKey;

/// A book in memory.
#[derive(Debug, Default)]
pub struct FakeBook {
    /// Of `grants`, `refusals` and `paused`.
    pub reading: Mood,
    /// Of `save`, `remove`, `refuse`, `lift` and `set_paused`.
    pub writing: Mood,
    grants: Mutex<BTreeMap<GrantId, Grant>>,
    refusals: Mutex<BTreeMap<ProgramKey, Refusal>>,
    paused: Mutex<bool>,
}

impl FakeBook {
    /// Every grant as it stands, whatever the mood.
    pub fn all(&self) -> Vec<Grant> {
        locked(&self.grants).values().cloned().collect()
    }
}

#[async_trait]
impl Book for FakeBook {
    async fn grants(&self) -> Result<Vec<Grant>, Fault> {
        self.reading.turn()?;
        Ok(self.all())
    }

    async fn save(&self, grants: &[Grant]) -> Result<(), Fault> {
        self.writing.turn()?;
        let saved = grants.iter().map(|grant| (grant.id.clone(), grant.clone()));
        locked(&self.grants).extend(saved);
        Ok(())
    }

    async fn remove(&self, grants: &[GrantId]) -> Result<(), Fault> {
        self.writing.turn()?;
        locked(&self.grants).retain(|id, _| !grants.contains(id));
        Ok(())
    }

    async fn refusals(&self) -> Result<Vec<Refusal>, Fault> {
        self.reading.turn()?;
        Ok(locked(&self.refusals).values().cloned().collect())
    }

    async fn refuse(&self, refusal: &Refusal) -> Result<(), Fault> {
        self.writing.turn()?;
        locked(&self.refusals).insert(refusal.program.key.clone(), refusal.clone());
        Ok(())
    }

    async fn lift(&self, program: &ProgramKey) -> Result<(), Fault> {
        self.writing.turn()?;
        locked(&self.refusals).remove(program);
        Ok(())
    }

    async fn paused(&self) -> Result<bool, Fault> {
        self.reading.turn()?;
        Ok(*locked(&self.paused))
    }

    async fn set_paused(&self, paused: bool) -> Result<(), Fault> {
        self.writing.turn()?;
        *locked(&self.paused) = paused;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use evergrant_domain::Code;

    use super::*;

    #[tokio::test]
    async fn keeps_the_contract_of_a_book() {
        crate::contract::book(&FakeBook::default()).await;
    }

    #[tokio::test]
    async fn fails_when_told_and_not_again() {
        let book = FakeBook::default();
        book.writing.fail_next(Code::DiskFull);
        assert_eq!(book.save(&[]).await, Err(Code::DiskFull.into()));
        assert_eq!(book.save(&[]).await, Ok(()));
        book.reading.fail_always(Code::LedgerFailed);
        assert!(book.grants().await.is_err() && book.grants().await.is_err());
        book.reading.mend();
        assert_eq!(book.grants().await, Ok(Vec::new()));
    }
}
