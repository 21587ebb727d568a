use std::sync::Arc;

use async_trait::async_trait;
use evergrant_domain::{AccountId, Fault};
use evergrant_engine::ports::{ClientRow, Ledger, Row};

use super::fate::Shared;
use super::step::Step;

pub struct Mortal {
    ledger: Arc<dyn Ledger>,
    fate: Shared,
}

impl Mortal {
    pub fn new(ledger: Arc<dyn Ledger>, fate: Shared) -> Self {
        Self { ledger, fate }
    }
}

#[async_trait]
impl Ledger for Mortal {
    async fn rows(&self) -> Result<Vec<Row>, Fault> {
        self.ledger.rows().await
    }

    async fn save(&self, row: &Row) -> Result<(), Fault> {
        self.fate.around(Step::LedgerSave, self.ledger.save(row)).await
    }

    async fn remove(&self, id: &AccountId) -> Result<(), Fault> {
        self.fate.around(Step::LedgerRemove, self.ledger.remove(id)).await
    }

    async fn clients(&self) -> Result<Vec<ClientRow>, Fault> {
        self.ledger.clients().await
    }

    async fn save_client(&self, client: &ClientRow) -> Result<(), Fault> {
        self.ledger.save_client(client).await
    }

    async fn remove_client(&self, client: &ClientRow) -> Result<(), Fault> {
        self.ledger.remove_client(client).await
    }

    async fn setting(&self, name: &str) -> Result<Option<String>, Fault> {
        self.ledger.setting(name).await
    }

    async fn set_setting(&self, name: &str, value: &str) -> Result<(), Fault> {
        self.ledger.set_setting(name, value).await
    }
}
