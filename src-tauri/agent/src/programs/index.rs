//! The accounts that programs can be served from: those of the person, and practice accounts while they
//! are shown. Found by id and by address, however many there are.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Duration;

use async_trait::async_trait;
use evergrant_broker::ports::{Account, Accounts, Found};
use evergrant_domain::{AccountId, Code, Fault, Lease, ScopeSet, lifecycle::Freshness, time::Seconds};
use evergrant_engine::account::AccountHandle;
use evergrant_engine::event::Status;
use evergrant_engine::ports::Clock;
use tokio::sync::{broadcast, watch};

use crate::interface::ProfileName;

/// How long a request waits for the accounts to be read.
const READING: Duration = Duration::from_secs(15);

pub struct Index {
    clock: Arc<dyn Clock>,
    inside: RwLock<Inside>,
    ready: watch::Sender<Option<Result<(), Fault>>>,
    gone: broadcast::Sender<AccountId>,
}

/// Accounts that can go before anybody has heard of it.
const DEPARTURES: usize = 256;

#[derive(Default)]
struct Inside {
    practice: bool,
    known: HashMap<AccountId, Known>,
    addresses: HashMap<String, Vec<AccountId>>,
}

struct Known {
    profile: ProfileName,
    account: Arc<Account>,
    provider_name: String,
    handle: AccountHandle,
}

impl Index {
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            inside: RwLock::default(),
            ready: watch::Sender::new(None),
            gone: broadcast::Sender::new(DEPARTURES),
        }
    }

    /// The person's accounts are read, or cannot be.
    pub fn read(&self, outcome: Result<(), Fault>) {
        self.ready.send_replace(Some(outcome));
    }

    /// Whether practice accounts are served too.
    pub fn show_practice(&self, shown: bool) {
        self.write().practice = shown;
    }

    /// An account as it is now.
    pub fn put(&self, profile: ProfileName, status: &Status, provider_name: &str, handle: AccountHandle) {
        let row = &status.row;
        let account = Account {
            id: row.id.clone(),
            provider: row.provider.as_str().to_owned(),
            email: row.person.label().to_owned(),
            name: row.person.name.clone(),
            granted: row.granted.clone(),
            standing: status.standing,
        };
        let mut inside = self.write();
        let before = inside.known.get(&account.id);
        if before.is_none_or(|known| known.account.email != account.email) {
            inside.forget_address(&account.id);
            let address = account.email.to_lowercase();
            inside
                .addresses
                .entry(address)
                .or_default()
                .push(account.id.clone());
        }
        let known = Known {
            profile,
            provider_name: provider_name.to_owned(),
            handle,
            account: Arc::new(account),
        };
        inside.known.insert(known.account.id.clone(), known);
    }

    pub fn remove(&self, id: &AccountId) {
        let mut inside = self.write();
        inside.forget_address(id);
        inside.known.remove(id);
        // Nobody may be listening yet.
        let _ = self.gone.send(id.clone());
    }

    /// Accounts that are gone, from now on.
    pub fn departures(&self) -> broadcast::Receiver<AccountId> {
        self.gone.subscribe()
    }

    /// What the account's provider is called.
    pub fn provider_name(&self, id: &AccountId) -> Option<String> {
        self.look().served(id).map(|known| known.provider_name.clone())
    }

    /// Whose account it is.
    pub fn profile(&self, id: &AccountId) -> Option<ProfileName> {
        self.look().served(id).map(|known| known.profile)
    }

    pub fn handle(&self, id: &AccountId) -> Result<AccountHandle, Fault> {
        let inside = self.look();
        let known = inside.served(id).ok_or(Code::AccountUnknown)?;
        Ok(known.handle.clone())
    }

    fn look(&self) -> RwLockReadGuard<'_, Inside> {
        self.inside.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Inside> {
        self.inside.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inside {
    fn served(&self, id: &AccountId) -> Option<&Known> {
        self.known.get(id).filter(|known| self.serves(known))
    }

    fn serves(&self, known: &Known) -> bool {
        known.profile == ProfileName::Personal || self.practice
    }

    fn forget_address(&mut self, id: &AccountId) {
        let Some(known) = self.known.get(id) else { return };
        let address = known.account.email.to_lowercase();
        if let Some(ids) = self.addresses.get_mut(&address) {
            ids.retain(|other| other != id);
            if ids.is_empty() {
                self.addresses.remove(&address);
            }
        }
    }

    /// The accounts of this address, perhaps only those of one provider.
    fn of_address(&self, address: &str, provider: Option<&str>) -> Vec<Arc<Account>> {
        let ids = self.addresses.get(&address.to_lowercase()).into_iter().flatten();
        ids.filter_map(|id| self.served(id))
            .map(|known| &known.account)
            .filter(|account| provider.is_none_or(|provider| account.provider == provider))
            .map(Arc::clone)
            .collect()
    }
}

#[async_trait]
impl Accounts for Index {
    async fn ready(&self) -> Result<(), Fault> {
        if let Some(outcome) = &*self.ready.borrow() {
            return outcome.clone();
        }
        let mut ready = self.ready.subscribe();
        let read = ready.wait_for(Option::is_some);
        match tokio::time::timeout(READING, read).await {
            Ok(Ok(outcome)) => outcome.clone().unwrap_or(Ok(())),
            _ => Err(Code::Stopping.into()),
        }
    }

    fn all(&self) -> Vec<Arc<Account>> {
        let inside = self.look();
        let served = inside.known.values().filter(|known| inside.serves(known));
        let mut all: Vec<_> = served.map(|known| Arc::clone(&known.account)).collect();
        all.sort_unstable_by(|one, other| one.id.cmp(&other.id));
        all
    }

    fn find(&self, name: &str) -> Found {
        let inside = self.look();
        if let Some(known) = AccountId::parse(name).and_then(|id| inside.served(&id)) {
            return Found::One(Arc::clone(&known.account));
        }
        let mut found = inside.of_address(name, None);
        if found.is_empty()
            && let Some((provider, address)) = name.split_once(':')
        {
            found = inside.of_address(address, Some(provider));
        }
        match found.len() {
            0 => Found::Nobody,
            1 => Found::One(found.remove(0)),
            _ => Found::Several(found),
        }
    }

    fn kept(&self, account: &AccountId, scopes: &ScopeSet, at_least: Seconds) -> Option<Lease> {
        let inside = self.look();
        let known = inside.served(account)?;
        known.handle.kept(scopes, self.clock.moment(), at_least)
    }

    async fn lease(
        &self,
        account: &AccountId,
        scopes: &ScopeSet,
        freshness: Freshness,
    ) -> Result<Lease, Fault> {
        let handle = self.handle(account)?;
        handle.lease(scopes, freshness).await
    }
}
