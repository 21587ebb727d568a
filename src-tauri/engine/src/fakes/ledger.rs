use std::collections::BTreeMap;
use std::sync::Mutex;

use async_trait::async_trait;
use evergrant_domain::{AccountId, ClientKey, Fault};

use super::{Call, Journal, Mood, locked};
use crate::ports::{ClientRow, Ledger, Row};

/// A ledger in memory.
#[derive(Default)]
pub struct MemoryLedger {
    pub rows: Mood,
    pub save: Mood,
    pub remove: Mood,
    pub clients: Mood,
    pub settings: Mood,
    kept: Mutex<BTreeMap<AccountId, Row>>,
    imported: Mutex<BTreeMap<ClientKey, ClientRow>>,
    answers: Mutex<BTreeMap<String, String>>,
    journal: Journal,
}

impl MemoryLedger {
    pub fn new(journal: &Journal) -> Self {
        Self {
            journal: journal.clone(),
            ..Self::default()
        }
    }

    /// Every row, to compare before and after.
    pub fn all(&self) -> Vec<Row> {
        locked(&self.kept).values().cloned().collect()
    }

    pub fn row(&self, id: &AccountId) -> Option<Row> {
        locked(&self.kept).get(id).cloned()
    }

    /// Loses everything, as a corrupt file does.
    pub fn lose_all(&self) {
        locked(&self.kept).clear();
        locked(&self.imported).clear();
    }
}

#[async_trait]
impl Ledger for MemoryLedger {
    async fn rows(&self) -> Result<Vec<Row>, Fault> {
        self.journal.note(Call::LedgerRows);
        self.rows.turn().await?;
        Ok(self.all())
    }

    async fn save(&self, row: &Row) -> Result<(), Fault> {
        self.journal.note(Call::LedgerSave(row.id.clone()));
        self.save.turn().await?;
        locked(&self.kept).insert(row.id.clone(), row.clone());
        Ok(())
    }

    async fn remove(&self, id: &AccountId) -> Result<(), Fault> {
        self.journal.note(Call::LedgerRemove(id.clone()));
        self.remove.turn().await?;
        locked(&self.kept).remove(id);
        Ok(())
    }

    async fn clients(&self) -> Result<Vec<ClientRow>, Fault> {
        self.clients.turn().await?;
        Ok(locked(&self.imported).values().cloned().collect())
    }

    async fn save_client(&self, client: &ClientRow) -> Result<(), Fault> {
        self.clients.turn().await?;
        locked(&self.imported).insert(client.key(), client.clone());
        Ok(())
    }

    async fn remove_client(&self, client: &ClientRow) -> Result<(), Fault> {
        self.clients.turn().await?;
        locked(&self.imported).remove(&client.key());
        Ok(())
    }

    async fn setting(&self, name: &str) -> Result<Option<String>, Fault> {
        self.settings.turn().await?;
        Ok(locked(&self.answers).get(name).cloned())
    }

    async fn set_setting(&self, name: &str, value: &str) -> Result<(), Fault> {
        self.settings.turn().await?;
        let mut answers = locked(&self.answers);
        match value {
            "" => answers.remove(name),
            value => answers.insert(name.to_owned(), value.to_owned()),
        };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #[tokio::test]
    async fn keeps_the_contract_of_a_ledger() {
        crate::contract::ledger(&super::MemoryLedger::default()).await;
    }
}
