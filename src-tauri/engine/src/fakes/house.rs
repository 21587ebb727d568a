use std::sync::Arc;

use evergrant_domain::{
    Api, Client, provider,
    provider::{Endpoints, OfflineAccess, Probe, ProviderId},
};

use super::people::ISSUER;
use super::{
    CountingEntropy, FakeBrowser, FakeClock, FakeNetwork, FakeRedirects, Journal, MemoryHistory,
    MemoryLedger, MemoryPictures, MemoryVault, ScriptedProvider,
};
use crate::world::{ClientSource, KnownProvider, World};

/// All the fakes, and worlds made of them. Each `world()` sees the same fakes, so that an engine
/// started on a second one finds what the first one left.
pub struct FakeHouse {
    pub journal: Journal,
    pub vault: Arc<MemoryVault>,
    pub ledger: Arc<MemoryLedger>,
    pub history: Arc<MemoryHistory>,
    pub pictures: Arc<MemoryPictures>,
    pub browser: Arc<FakeBrowser>,
    pub redirects: Arc<FakeRedirects>,
    pub clock: Arc<FakeClock>,
    pub network: Arc<FakeNetwork>,
    pub entropy: Arc<CountingEntropy>,
    pub provider: Arc<ScriptedProvider>,
    /// The client that comes with the program; `None` where a person has to import one.
    pub built_in: Option<Client>,
}

impl Default for FakeHouse {
    fn default() -> Self {
        let journal = Journal::default();
        let clock = Arc::new(FakeClock::default());
        Self {
            vault: Arc::new(MemoryVault::new(&journal)),
            ledger: Arc::new(MemoryLedger::new(&journal)),
            history: Arc::default(),
            network: Arc::default(),
            pictures: Arc::default(),
            browser: Arc::new(FakeBrowser::new(&journal)),
            redirects: Arc::new(FakeRedirects::new(&journal)),
            provider: Arc::new(ScriptedProvider::new(&journal, &clock)),
            clock,
            entropy: Arc::default(),
            built_in: Some(Client {
                id: "client".into(),
                secret: None,
            }),
            journal,
        }
    }
}

impl FakeHouse {
    pub fn world(&self) -> World {
        let client = self.built_in.clone();
        let known = KnownProvider {
            spec: spec(),
            port: self.provider.clone(),
            client: client.map_or(ClientSource::Imported, ClientSource::BuiltIn),
        };
        World {
            vault: self.vault.clone(),
            ledger: self.ledger.clone(),
            history: self.history.clone(),
            pictures: self.pictures.clone(),
            browser: self.browser.clone(),
            redirects: self.redirects.clone(),
            clock: self.clock.clone(),
            network: self.network.clone(),
            entropy: self.entropy.clone(),
            providers: [(provider_id(), Arc::new(known))].into(),
        }
    }
}

/// The one provider of the house.
///
/// # Panics
/// Never: the name is a good one.
pub fn provider_id() -> ProviderId {
    ProviderId::parse("example").expect("a good name")
}

fn spec() -> provider::Provider {
    let probe = |api| Probe {
        api,
        url: format!("{ISSUER}/{api:?}"),
    };
    provider::Provider {
        id: provider_id(),
        name: "Example".into(),
        issuer: ISSUER.into(),
        endpoints: Endpoints::Discovered,
        offline: OfflineAccess::AccessType,
        probes: Api::ALL.map(probe).into(),
        extra_scopes: vec![],
    }
}
