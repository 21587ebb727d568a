//! A provider that gives leases for an hour, after as long as one far away takes, and counts.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use evergrant_adapters::clock::SystemClock;
use evergrant_broker::ports::Clock as BrokerClock;
use evergrant_domain::{
    AccessToken, Api, Client, Code, Fault, Grant, Lease, Moment, Person, RefreshToken, ScopeSet,
    time::Seconds,
};
use evergrant_engine::ports::{Clock, CodeExchange, ConsentAsk, Picture, ProbeAnswer, Provider, Refreshed};

/// There and back to a provider.
const FAR: Duration = Duration::from_millis(80);
const HOUR: Seconds = Seconds(3600);
/// Characters of a token, as Google's have them.
const LENGTH: usize = 220;

/// The computer's clock, and how far it was put forward.
#[derive(Default)]
pub struct Ahead(AtomicI64);

impl Ahead {
    /// Lets every lease end.
    pub fn pass_an_hour(&self) {
        self.0.fetch_add(HOUR.0, Ordering::SeqCst);
    }
}

impl Clock for Ahead {
    fn moment(&self) -> Moment {
        Clock::moment(&SystemClock) + Seconds(self.0.load(Ordering::Relaxed))
    }
}

impl BrokerClock for Ahead {
    fn moment(&self) -> Moment {
        Clock::moment(self)
    }
}

pub struct Hourly {
    clock: Arc<Ahead>,
    granted: ScopeSet,
    refreshes: AtomicUsize,
}

impl Hourly {
    pub fn new(clock: Arc<Ahead>, granted: ScopeSet) -> Self {
        Self {
            clock,
            granted,
            refreshes: AtomicUsize::new(0),
        }
    }

    /// How often it was asked for a lease.
    pub fn refreshes(&self) -> usize {
        self.refreshes.load(Ordering::SeqCst)
    }
}

/// Nobody connects, disconnects or tests an account here.
fn unasked<T>() -> Result<T, Fault> {
    Err(Code::ProviderSilent.into())
}

#[async_trait]
impl Provider for Hourly {
    async fn refresh(
        &self,
        _client: &Client,
        _token: &RefreshToken,
        scopes: Option<&ScopeSet>,
    ) -> Result<Refreshed, Fault> {
        let number = self.refreshes.fetch_add(1, Ordering::SeqCst);
        tokio::time::sleep(FAR).await;
        let lease = Lease {
            token: AccessToken::new(format!("ya29.{number:0width$}", width = LENGTH - 5)),
            ends: Clock::moment(&*self.clock) + HOUR,
            scopes: scopes.unwrap_or(&self.granted).clone(),
        };
        Ok(Refreshed {
            lease,
            rotated: None,
            ends_at: None,
        })
    }

    async fn consent_link(&self, _ask: ConsentAsk<'_>) -> Result<String, Fault> {
        unasked()
    }

    async fn exchange(&self, _exchange: CodeExchange<'_>) -> Result<Grant, Fault> {
        unasked()
    }

    async fn revoke(&self, _client: &Client, _token: &RefreshToken) -> Result<(), Fault> {
        unasked()
    }

    async fn person(&self, _token: &AccessToken) -> Result<Person, Fault> {
        unasked()
    }

    async fn probe(&self, _api: Api, _token: &AccessToken) -> Result<ProbeAnswer, Fault> {
        unasked()
    }

    async fn picture(&self, _address: &str) -> Result<Picture, Fault> {
        unasked()
    }
}
