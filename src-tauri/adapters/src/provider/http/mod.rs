//! The one way out: encrypted by the system's trust, never redirected, bounded in time and size.

mod answer;
mod client;
mod explained;
mod reason;
mod shown;
#[cfg(test)]
mod tests;
mod trust;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use bytes::Bytes;
use evergrant_domain::{Code, Fault, Timestamp, time::Seconds};
use evergrant_engine::ports::Clock;
use http::{Request, header};
use reqwest::{Client, RequestBuilder, Response};
use tokio::sync::watch;
use zeroize::Zeroizing;

pub(super) use self::answer::Answer;
use self::client::{Clients, Judged};
use super::{
    Address, Endpoint, Failure, classify,
    skew::{self, Skew},
};
use crate::{
    clock::SystemClock,
    network::SystemNetwork,
    proxy::{ChosenProxy, Proxies},
};

/// How long a call may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// For names, connection and TLS.
    pub connect: Duration,
    /// For everything, to the last byte of the answer.
    pub whole: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            whole: Duration::from_secs(20),
        }
    }
}

/// Calls providers. Cheap to clone; all providers share one.
#[derive(Clone)]
pub struct Http {
    clients: Clients,
    clock: Arc<dyn Clock>,
    proxies: Proxies,
    skew: Arc<Skew>,
    /// What the system knows of its network, for better words.
    network: Option<Arc<SystemNetwork>>,
}

impl Http {
    /// The longest answer read.
    pub const LONGEST: usize = 64 * 1024;

    /// # Errors
    /// `Offline`, when no client can be made on this system.
    pub fn new(limits: Limits) -> Result<Self, Fault> {
        Ok(Self {
            clients: Clients::new(limits).map_err(|_| Fault::from(Code::Offline))?,
            clock: Arc::new(SystemClock),
            proxies: Proxies::of_this_computer(),
            skew: Arc::default(),
            network: None,
        })
    }

    /// Compares this clock with the provider's, instead of the system's.
    #[must_use]
    pub fn by_clock(self, clock: Arc<dyn Clock>) -> Self {
        Self { clock, ..self }
    }

    /// Asks the system what it knows of its network when a provider cannot be reached.
    #[must_use]
    pub fn in_network(self, network: Arc<SystemNetwork>) -> Self {
        Self {
            network: Some(network),
            ..self
        }
    }

    /// Through the proxy that the person chose, where they did.
    #[must_use]
    pub fn by_proxy(self, chosen: ChosenProxy) -> Self {
        Self {
            proxies: self.proxies.chosen(chosen),
            ..self
        }
    }

    /// How far this computer's clock is ahead of the provider's, negative where it is behind, by the
    /// newest answer that said what time it is (`Date`, RFC 9110 6.6.1). Whole seconds; the time that
    /// the answer took is in it.
    pub fn clock_ahead(&self) -> Option<Seconds> {
        self.skew.ahead()
    }

    /// The same, at each news of it.
    pub fn watch_clock(&self) -> watch::Receiver<Option<Seconds>> {
        self.skew.watch()
    }

    /// Sends one request, once, and reads the answer up to `longest` bytes.
    pub(super) async fn call(
        &self,
        endpoint: Endpoint,
        request: Request<Vec<u8>>,
        longest: usize,
    ) -> Result<Answer, Failure> {
        let begun = Instant::now();
        let outcome = self.send(endpoint, request, longest).await;
        let milliseconds = begun.elapsed().as_millis();
        let endpoint_name = endpoint.as_str();
        match &outcome {
            Ok(answer) => {
                tracing::debug!(endpoint = endpoint_name, status = answer.status, milliseconds);
            }
            Err(failure) => {
                let fault = classify(endpoint, failure).code.as_str();
                let status = failure.status();
                tracing::info!(endpoint = endpoint_name, status, fault, milliseconds);
            }
        }
        outcome
    }

    /// Reads something public, once more where it failed for a passing reason.
    pub(super) async fn read(&self, endpoint: Endpoint, address: &Address) -> Result<Answer, Fault> {
        match self.call(endpoint, get(address), Self::LONGEST).await {
            Ok(answer) => return Ok(answer),
            Err(failure) => {
                let fault = classify(endpoint, &failure);
                if !fault.code.passes_by_itself() {
                    return Err(fault);
                }
            }
        }
        let again = self.call(endpoint, get(address), Self::LONGEST).await;
        again.map_err(|failure| classify(endpoint, &failure))
    }

    /// What time it is where this address is answered, whatever the answer.
    pub(super) async fn date(&self, address: &Address) -> Result<Option<Timestamp>, Failure> {
        let line = self.line(address, Judged::Now).await?;
        let request = line.client.head(address.url().clone());
        let response = self.answered(address, request, line.proxied).await?;
        Ok(skew::theirs(response.headers()))
    }

    async fn send(
        &self,
        endpoint: Endpoint,
        request: Request<Vec<u8>>,
        longest: usize,
    ) -> Result<Answer, Failure> {
        let address = Address::parse(&request.uri().to_string()).map_err(|_| Failure::Unreachable)?;
        let line = self.line(&address, Judged::Now).await?;
        let (parts, body) = request.into_parts();
        let request = line
            .client
            .request(parts.method, address.url().clone())
            .headers(parts.headers)
            .body(Bytes::from_owner(Zeroizing::new(body)));
        let response = self.answered(&address, request, line.proxied).await?;
        answer::read(endpoint, &address, response, longest).await
    }

    /// How an address is called.
    async fn line(&self, address: &Address, judged: Judged) -> Result<Line, Failure> {
        let (client, proxied) = if address.is_plain() {
            (Some(self.clients.here.clone()), false)
        } else {
            let proxy = self.proxies.on_the_way_to(address).await;
            let proxy = proxy.map_err(|error| Failure::of(&error, true))?;
            let proxied = proxy.is_some();
            (self.clients.outside(proxy, judged), proxied)
        };
        let client = client.ok_or(Failure::Unreachable)?;
        Ok(Line { client, proxied })
    }

    /// Sends, and takes the time from the answer.
    async fn answered(
        &self,
        address: &Address,
        request: RequestBuilder,
        proxied: bool,
    ) -> Result<Response, Failure> {
        match request.send().await {
            Ok(response) => {
                self.skew.measure(response.headers(), self.clock.now());
                Ok(response)
            }
            Err(error) => Err(self.explained(address, Failure::of(&error, proxied)).await),
        }
    }
}

/// A client and the way it goes.
struct Line {
    client: Client,
    proxied: bool,
}

pub(super) fn get(address: &Address) -> Request<Vec<u8>> {
    let mut request = Request::new(Vec::new());
    // A parsed URL is always a URI too; were it not, the call would fail as unreachable.
    *request.uri_mut() = address.url().as_str().parse().unwrap_or_default();
    request.headers_mut().insert(
        header::ACCEPT,
        header::HeaderValue::from_static("application/json"),
    );
    request
}
