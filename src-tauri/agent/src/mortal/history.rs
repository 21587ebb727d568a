use std::sync::Arc;

use async_trait::async_trait;
use evergrant_domain::{AccountId, Fault, Timestamp};
use evergrant_engine::ports::{Happening, History, HistoryLine};

use super::fate::Shared;
use super::step::Step;

pub struct Mortal {
    history: Arc<dyn History>,
    fate: Shared,
}

impl Mortal {
    pub fn new(history: Arc<dyn History>, fate: Shared) -> Self {
        Self { history, fate }
    }
}

#[async_trait]
impl History for Mortal {
    async fn note(&self, id: &AccountId, at: Timestamp, what: &Happening) -> Result<(), Fault> {
        let call = self.history.note(id, at, what);
        self.fate.around(Step::HistoryNote, call).await
    }

    async fn lines(&self, id: &AccountId, limit: u32) -> Result<Vec<HistoryLine>, Fault> {
        self.history.lines(id, limit).await
    }

    async fn forget(&self, id: &AccountId) -> Result<(), Fault> {
        self.fate
            .around(Step::HistoryForget, self.history.forget(id))
            .await
    }
}
