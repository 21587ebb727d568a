//! The accounts of this profile: who is there, and how a new one comes in.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use evergrant_domain::{
    AccountId, Code, Fault, Grant, Recovery, Subject,
    consent::{AttemptId, attempt::Held},
    lifecycle::Standing,
};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use crate::account::{AccountHandle, Beginning, Worker};
use crate::consent::{Errand, Shared};
use crate::event::{Event, Status};
use crate::ports::Row;
use crate::store::keep_grant;
use crate::turns::{ConsentTurn, Mark, Turns};
use crate::world::{KnownProvider, World};

/// Owns the workers. The lock is held for moments, never across a wait.
#[derive(Default)]
pub struct Accounts {
    inside: Mutex<Inside>,
    pub(crate) turns: Arc<Turns>,
}

#[derive(Default)]
struct Inside {
    handles: BTreeMap<AccountId, AccountHandle>,
    workers: JoinSet<()>,
    /// The engine stops; a worker that has ended since does not mean that its account is gone.
    stopping: bool,
}

impl Accounts {
    /// # Errors
    /// `AccountUnknown`; `Stopping` where only the engine has ended.
    pub fn get(&self, id: &AccountId) -> Result<AccountHandle, Fault> {
        match self.with(|inside| inside.handles.get(id).cloned()) {
            None => Err(Code::AccountUnknown.into()),
            Some(account) if account.is_gone() => Err(account.gone()),
            Some(account) => Ok(account),
        }
    }

    pub fn all(&self) -> Vec<AccountHandle> {
        self.with(|inside| {
            inside.handles.retain(|_, account| !account.is_gone());
            inside.handles.values().cloned().collect()
        })
    }

    /// What is kept here of the account that answered.
    pub fn held(&self, subject: &Subject) -> Held {
        match self.status(&AccountId::of(subject)) {
            None => Held::Nothing,
            // Connected by name, with nothing in the vault to go on with.
            Some(status) if needs_consent(&status) => Held::Dead,
            Some(_) => Held::Live,
        }
    }

    /// How an account stands, also while the engine stops.
    pub(crate) fn status(&self, id: &AccountId) -> Option<Status> {
        self.with(|inside| {
            let here = |account: &&AccountHandle| inside.stopping || !account.is_gone();
            let account = inside.handles.get(id).filter(here);
            account.map(AccountHandle::status)
        })
    }

    /// Stores a grant and has its account live: a known one goes on, a new one begins.
    ///
    /// # Errors
    /// The vault's and the ledger's; `GrantEnded` where a revoke of this account was sent after `brought`.
    pub(crate) async fn adopt(
        &self,
        shared: &Shared,
        errand: &Errand,
        client_id: &str,
        grant: Grant,
        attempt: Option<&AttemptId>,
        (brought, _): (Mark, &ConsentTurn),
    ) -> Result<(), Fault> {
        let row = Row {
            id: AccountId::of(&grant.person.subject),
            provider: errand.provider.spec.id.clone(),
            client_id: client_id.to_owned(),
            person: grant.person.clone(),
            asked: errand.asked.clone(),
            granted: grant.granted.clone(),
            standing: Standing::Connected,
            connected_since: shared.world.clock.now(),
            last_checked: Some(shared.world.clock.now()),
            grant_ends_at: grant.ends_at,
            consents: 1,
            consented_at: shared.world.clock.now(),
            last_used: None,
            stopped_at: None,
            rotates: false,
        };
        if self.turns.revoked_since(brought, &row.id) {
            return Err(Code::GrantEnded.into());
        }
        let (id, label) = (row.id.clone(), row.person.label().to_owned());
        let known = self.get(&id);
        let mut renewed = known.is_ok();
        if let Ok(known) = known {
            match known.adopt(row.clone(), grant.clone(), attempt.cloned()).await {
                // It was deleted while it waited; this is a new one. Or the engine stops, and what is
                // stored by now comes to life at the next start.
                Err(fault) if matches!(fault.code, Code::AccountUnknown | Code::Stopping) => {
                    renewed = false;
                }
                adopted => adopted?,
            }
        }
        if !renewed {
            keep_grant(&shared.world, &row, &grant, attempt).await?;
            let beginning = Beginning::Connected(grant.lease);
            self.begin(&shared.world, &errand.provider, row, beginning, &shared.events);
        }
        let _ = shared.events.send(Event::Connected { id, label, renewed });
        Ok(())
    }

    /// Starts the worker of an account.
    pub(crate) fn begin(
        &self,
        world: &Arc<World>,
        provider: &Arc<KnownProvider>,
        row: Row,
        beginning: Beginning,
        events: &mpsc::UnboundedSender<Event>,
    ) {
        let id = row.id.clone();
        let (world, provider, turns) = (Arc::clone(world), Arc::clone(provider), Arc::clone(&self.turns));
        let (worker, handle) = Worker::new(world, provider, turns, row, events.clone());
        self.with(|inside| {
            // What is stored by now comes to life at the next start.
            if !inside.stopping {
                inside.handles.insert(id, handle);
                inside.workers.spawn(worker.run(beginning));
            }
        });
    }

    /// Tells every worker to stop and waits for them.
    pub async fn stop(&self) {
        let all = self.all();
        self.with(|inside| inside.stopping = true);
        for account in all {
            account.stop().await;
        }
        let mut workers = self.with(|inside| std::mem::take(&mut inside.workers));
        while workers.join_next().await.is_some() {}
    }

    fn with<T>(&self, look: impl FnOnce(&mut Inside) -> T) -> T {
        look(&mut self.inside.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn needs_consent(status: &Status) -> bool {
    let trouble = status.trouble.as_ref();
    let beyond_repair = trouble.is_some_and(|fault| fault.code.recovery() == Recovery::Reconnect);
    beyond_repair
        || matches!(
            status.standing,
            Standing::NeedsReconnect(_) | Standing::Disconnecting(_)
        )
}
