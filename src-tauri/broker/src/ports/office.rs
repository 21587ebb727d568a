use async_trait::async_trait;
use evergrant_domain::AccountId;
use evergrant_protocol::command::{Attempt, Check, Connect, HistoryLine, Outcome, Trouble};

/// What is done with an account on a person's behalf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undertaking {
    Test,
    Refresh,
    /// At the provider, which ends it everywhere.
    Disconnect,
    /// On this computer only.
    Remove,
}

/// How an account fares, in sentences for people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Condition {
    /// Why it stopped, and what to do.
    pub reason: Option<String>,
    /// What will end it before long, and what to do.
    pub forecast: Option<String>,
}

/// What a person does with the accounts through the `evergrant` command; the window's own work.
/// Every call is bounded.
#[async_trait]
pub trait Office: Send + Sync {
    /// Begins a consent.
    ///
    /// # Errors
    /// Why it does not begin.
    async fn connect(&self, wish: Connect) -> Result<(), Trouble>;

    /// How the consent goes.
    async fn attempt(&self) -> Attempt;

    async fn cancel(&self);

    /// Does it and says how it ended.
    ///
    /// # Errors
    /// Why it does not begin.
    async fn undertake(&self, account: &AccountId, what: Undertaking) -> Result<Outcome, Trouble>;

    /// How an account fares; nothing where it is well, or not known.
    fn condition(&self, account: &AccountId) -> Condition;

    /// What happened to these accounts, and who asked for them; newest first, at most `limit` lines.
    ///
    /// # Errors
    /// Why it cannot be read.
    async fn history(&self, accounts: &[AccountId], limit: u32) -> Result<Vec<HistoryLine>, Trouble>;

    /// Looks at everything that has to work, each with a remedy.
    async fn examine(&self) -> Vec<Check>;
}
