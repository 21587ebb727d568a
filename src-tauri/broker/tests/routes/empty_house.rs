//! A house without accounts, grants or past: whoever asks is answered all the same.

use std::sync::Arc;

use async_trait::async_trait;
use evergrant_broker::ports::{
    Account, Accounts, Book, Clock, Condition, Entry, Found, Grant, GrantId, Log, Office, Page, Refusal,
    Search, Undertaking,
};
use evergrant_broker::{ProgramKey, Setup};
use evergrant_domain::{
    AccountId, Code, Fault, Lease, Moment, ScopeSet, lifecycle::Freshness, time::Seconds,
};
use evergrant_protocol::command::{Attempt, Check, Connect, HistoryLine, Outcome, Trouble};

pub fn setup() -> Setup {
    Setup {
        accounts: Arc::new(EmptyHouse),
        book: Arc::new(EmptyHouse),
        log: Arc::new(EmptyHouse),
        office: Arc::new(EmptyHouse),
        clock: Arc::new(EmptyHouse),
        random: || [0; 8],
        headless: true,
        version: "0",
    }
}

struct EmptyHouse;

impl Clock for EmptyHouse {
    fn moment(&self) -> Moment {
        Moment::default()
    }
}

#[async_trait]
impl Accounts for EmptyHouse {
    async fn ready(&self) -> Result<(), Fault> {
        Ok(())
    }

    fn all(&self) -> Vec<Arc<Account>> {
        vec![]
    }

    fn find(&self, _: &str) -> Found {
        Found::Nobody
    }

    fn kept(&self, _: &AccountId, _: &ScopeSet, _: Seconds) -> Option<Lease> {
        None
    }

    async fn lease(&self, _: &AccountId, _: &ScopeSet, _: Freshness) -> Result<Lease, Fault> {
        Err(Code::AccountUnknown.into())
    }
}

#[async_trait]
impl Book for EmptyHouse {
    async fn grants(&self) -> Result<Vec<Grant>, Fault> {
        Ok(vec![])
    }

    async fn save(&self, _: &[Grant]) -> Result<(), Fault> {
        Ok(())
    }

    async fn remove(&self, _: &[GrantId]) -> Result<(), Fault> {
        Ok(())
    }

    async fn refusals(&self) -> Result<Vec<Refusal>, Fault> {
        Ok(vec![])
    }

    async fn refuse(&self, _: &Refusal) -> Result<(), Fault> {
        Ok(())
    }

    async fn lift(&self, _: &ProgramKey) -> Result<(), Fault> {
        Ok(())
    }

    async fn paused(&self) -> Result<bool, Fault> {
        Ok(false)
    }

    async fn set_paused(&self, _: bool) -> Result<(), Fault> {
        Ok(())
    }
}

#[async_trait]
impl Log for EmptyHouse {
    fn note(&self, _: Entry) {}

    async fn page(&self, _: Search) -> Result<Page, Fault> {
        Ok(Page {
            entries: vec![],
            intact: true,
        })
    }

    async fn flush(&self) -> Result<(), Fault> {
        Ok(())
    }
}

#[async_trait]
impl Office for EmptyHouse {
    async fn connect(&self, _: Connect) -> Result<(), Trouble> {
        Ok(())
    }

    async fn attempt(&self) -> Attempt {
        Attempt {
            step: "none".to_owned(),
            email: None,
            link: None,
            deadline: None,
            fault: None,
        }
    }

    async fn cancel(&self) {}

    async fn undertake(&self, _: &AccountId, _: Undertaking) -> Result<Outcome, Trouble> {
        unreachable!("there is no account to undertake anything with")
    }

    fn condition(&self, _: &AccountId) -> Condition {
        Condition::default()
    }

    async fn history(&self, _: &[AccountId], _: u32) -> Result<Vec<HistoryLine>, Trouble> {
        Ok(vec![])
    }

    async fn examine(&self) -> Vec<Check> {
        vec![]
    }
}
