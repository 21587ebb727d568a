//! Everything the engine can reach, handed to it once at the start.

use std::collections::BTreeMap;
use std::sync::Arc;

use evergrant_domain::{Client, Code, Fault, provider, provider::ProviderId};

use crate::ports::{Browser, Clock, Entropy, History, Ledger, Network, Pictures, Provider, Redirects, Vault};

/// The ports, and the providers that are known.
pub struct World {
    pub vault: Arc<dyn Vault>,
    pub ledger: Arc<dyn Ledger>,
    pub history: Arc<dyn History>,
    pub pictures: Arc<dyn Pictures>,
    pub browser: Arc<dyn Browser>,
    pub redirects: Arc<dyn Redirects>,
    pub clock: Arc<dyn Clock>,
    pub network: Arc<dyn Network>,
    pub entropy: Arc<dyn Entropy>,
    pub providers: BTreeMap<ProviderId, Arc<KnownProvider>>,
}

/// A provider, how to speak to it, and where its client comes from.
pub struct KnownProvider {
    pub spec: provider::Provider,
    pub port: Arc<dyn Provider>,
    pub client: ClientSource,
}

/// Where the client of a provider comes from.
#[derive(Clone)]
pub enum ClientSource {
    /// Built into the program, or public by its nature.
    BuiltIn(Client),
    /// Imported by a person; kept in the vault.
    Imported,
}

impl World {
    /// The provider with this id.
    pub fn provider(&self, id: &ProviderId) -> Result<Arc<KnownProvider>, Fault> {
        self.providers
            .get(id)
            .cloned()
            .ok_or_else(|| Code::ProviderUnknown.into())
    }
}
