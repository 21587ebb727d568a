//! The engine: starts what was there, takes requests, stops in order.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use evergrant_domain::{
    AccountId, Client, ClientKey, Code, Fault, ScopeSet, consent::attempt::Target, permission::asked_scopes,
    provider::ProviderId,
};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

use crate::account::{AccountHandle, Beginning};
use crate::accounts::Accounts;
use crate::caretaker::Caretaker;
use crate::clients::{self, Which, clients_of};
use crate::consent::{ConsentHandle, Driver, Errand, Shared};
use crate::event::{AttemptPurpose, Event, Showing};
use crate::ports::ClientRow;
use crate::world::World;

/// How long quitting waits for what is in flight.
const DRAIN: Duration = Duration::from_secs(5);

pub struct Engine {
    shared: Shared,
    attempt: Mutex<Option<ConsentHandle>>,
    stopping: watch::Sender<bool>,
    tasks: Mutex<JoinSet<()>>,
}

impl Engine {
    /// Brings every account of the ledger to life, then looks in the vault for those it forgot.
    ///
    /// # Errors
    /// The ledger's.
    pub async fn start(world: World) -> Result<(Self, mpsc::UnboundedReceiver<Event>), Fault> {
        let (events, watch) = mpsc::unbounded_channel();
        let world = Arc::new(world);
        let accounts = Arc::new(Accounts::default());
        for row in world.ledger.rows().await? {
            match world.provider(&row.provider) {
                Ok(provider) => {
                    accounts.begin(&world, &provider, row, Beginning::Resumed, &events);
                }
                Err(fault) => {
                    // The row stays; it comes back with its provider's configuration.
                    let detail = Fault::with_detail(fault.code, row.provider.as_str());
                    let _ = events.send(Event::Trouble(detail));
                }
            }
        }
        let engine = Self {
            shared: Shared {
                world,
                accounts,
                events,
                clients: Arc::default(),
                notes: Arc::default(),
            },
            stopping: watch::Sender::new(false),
            attempt: Mutex::new(None),
            tasks: Mutex::new(JoinSet::new()),
        };
        let caretaker = Caretaker::new(engine.shared.clone(), engine.stopping.subscribe());
        engine.spawn(caretaker.run());
        Ok((engine, watch))
    }

    pub fn world(&self) -> &World {
        &self.shared.world
    }

    /// # Errors
    /// `AccountUnknown`, `Stopping`.
    pub fn account(&self, id: &AccountId) -> Result<AccountHandle, Fault> {
        self.shared.accounts.get(id)
    }

    pub fn accounts(&self) -> Vec<AccountHandle> {
        self.shared.accounts.all()
    }

    /// Starts a consent for whichever account the person chooses, with the client that was used last.
    ///
    /// # Errors
    /// `ProviderUnknown`.
    pub async fn connect(
        &self,
        provider: &ProviderId,
        asked: ScopeSet,
        showing: Showing,
    ) -> Result<(), Fault> {
        self.connect_with(provider, Which::LastUsed, asked, showing).await
    }

    /// The same with this client.
    ///
    /// # Errors
    /// `ProviderUnknown`.
    pub async fn connect_with(
        &self,
        provider: &ProviderId,
        client: Which,
        asked: ScopeSet,
        showing: Showing,
    ) -> Result<(), Fault> {
        let provider = self.shared.world.provider(provider)?;
        let extra: ScopeSet = ScopeSet::parse(&provider.spec.extra_scopes.join(" "));
        self.begin(Errand {
            provider,
            client,
            target: Target::Anyone,
            purpose: AttemptPurpose::Adding,
            asked: asked.union(&extra),
            showing,
        })
        .await;
        Ok(())
    }

    /// Starts a consent for this account, with its own client, for everything it was ever asked.
    ///
    /// # Errors
    /// `AccountUnknown`, `Stopping`, `ProviderUnknown`.
    pub async fn renew(
        &self,
        id: &AccountId,
        purpose: AttemptPurpose,
        showing: Showing,
    ) -> Result<(), Fault> {
        let own = Which::OfAccount(self.account(id)?.status().row.client_id);
        self.renew_with(id, own, purpose, showing).await
    }

    /// The same with this client, which is the account's from then on.
    ///
    /// # Errors
    /// `AccountUnknown`, `Stopping`, `ProviderUnknown`.
    pub async fn renew_with(
        &self,
        id: &AccountId,
        client: Which,
        purpose: AttemptPurpose,
        showing: Showing,
    ) -> Result<(), Fault> {
        let row = self.account(id)?.status().row;
        self.begin(Errand {
            provider: self.shared.world.provider(&row.provider)?,
            client,
            target: Target::Only {
                login_hint: row.person.label().to_owned(),
                subject: row.person.subject,
            },
            purpose,
            // Google's installed apps cannot widen a grant: the union is asked again.
            asked: asked_scopes(&[], &row.asked.union(&row.granted)),
            showing,
        })
        .await;
        Ok(())
    }

    /// The attempt under way, if any.
    pub fn attempt(&self) -> Option<ConsentHandle> {
        locked(&self.attempt).clone()
    }

    /// The imported clients of a provider, the last used first.
    ///
    /// # Errors
    /// The ledger's.
    pub async fn clients(&self, provider: &ProviderId) -> Result<Vec<ClientRow>, Fault> {
        clients_of(&*self.shared.world.ledger, provider).await
    }

    /// Keeps an imported client for a provider: in the place of the one with the same id, else beside others.
    ///
    /// # Errors
    /// `ProviderUnknown`; the vault's and the ledger's.
    pub async fn import_client(
        &self,
        provider: &ProviderId,
        client: &Client,
        project: Option<&str>,
    ) -> Result<(), Fault> {
        self.shared.world.provider(provider)?;
        let _turn = self.shared.clients.lock().await;
        clients::keep(&self.shared.world, provider, client, project).await
    }

    /// Calls a client as the person does; with nothing in it, by its project again.
    ///
    /// # Errors
    /// `ClientMissing`; the ledger's.
    pub async fn rename_client(&self, client: &ClientKey, name: &str) -> Result<(), Fault> {
        let _turn = self.shared.clients.lock().await;
        clients::rename(&self.shared.world, client, name).await
    }

    /// Removes a client that nobody needs.
    ///
    /// # Errors
    /// `ClientInUse`, with the accounts that need it; the vault's and the ledger's.
    pub async fn remove_client(&self, client: &ClientKey) -> Result<(), Fault> {
        let _turn = self.shared.clients.lock().await;
        if self.attempt().is_some_and(|attempt| !attempt.is_over()) {
            return Err(Code::ClientInUse.into());
        }
        clients::remove(&self.shared.world, client).await
    }

    /// Ends everything within a deadline. What was under way goes on at the next start.
    pub async fn stop(&self) {
        let attempt = locked(&self.attempt).take();
        if let Some(attempt) = attempt {
            attempt.cancel().await;
        }
        self.stopping.send_replace(true);
        let mut tasks = std::mem::take(&mut *locked(&self.tasks));
        let drained = tokio::time::timeout(DRAIN, async {
            self.shared.accounts.stop().await;
            while tasks.join_next().await.is_some() {}
        });
        if drained.await.is_err() {
            tracing::warn!("something was still under way when the time to stop was over");
        }
    }

    /// One attempt at a time: a new one ends the one before.
    async fn begin(&self, errand: Errand) {
        let earlier = locked(&self.attempt).take();
        if let Some(earlier) = earlier {
            earlier.cancel().await;
        }
        let (driver, handle) = Driver::new(self.shared.clone(), errand);
        *locked(&self.attempt) = Some(handle);
        self.spawn(driver.run());
    }

    fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut tasks = locked(&self.tasks);
        while tasks.try_join_next().is_some() {}
        tasks.spawn(task);
    }
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads an id that came from outside.
///
/// # Errors
/// `AccountUnknown`.
pub fn account_id(text: &str) -> Result<AccountId, Fault> {
    AccountId::parse(text).ok_or_else(|| Code::AccountUnknown.into())
}
