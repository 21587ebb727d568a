//! The one way out: encrypted by the system's trust, never redirected, bounded in time and size.

use std::{
    sync::{Arc, OnceLock},
    time::{Duration, Instant, SystemTime},
};

use bytes::Bytes;
use evergrant_domain::{Code, Fault, Timestamp};
use http::{Request, header};
use zeroize::Zeroizing;

use super::{Address, Endpoint, Failure, classify, retry_after::asked_wait};

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
#[derive(Clone, Debug)]
pub struct Http {
    limits: Limits,
    /// Made at the first call: reading the system's trust store takes a while, and practice mode
    /// never needs it.
    outside: Arc<OnceLock<reqwest::Client>>,
    /// Unencrypted calls never leave this computer, not even through a proxy.
    loopback: reqwest::Client,
}

/// A successful answer, wiped on drop.
pub(super) struct Answer {
    pub status: u16,
    pub body: Zeroizing<Vec<u8>>,
}

impl Http {
    /// The longest answer read.
    pub const LONGEST: usize = 64 * 1024;

    /// # Errors
    /// `Offline`, when no client can be made on this system.
    pub fn new(limits: Limits) -> Result<Self, Fault> {
        let loopback = builder(limits).no_proxy().tls_certs_only([]).build();
        Ok(Self {
            limits,
            outside: Arc::default(),
            loopback: loopback.map_err(|_| Fault::from(Code::Offline))?,
        })
    }

    /// Sends one request, once, and reads the answer up to `longest` bytes.
    pub(super) async fn call(
        &self,
        endpoint: Endpoint,
        request: Request<Vec<u8>>,
        longest: usize,
    ) -> Result<Answer, Failure> {
        let begun = Instant::now();
        let outcome = self.send(request, longest).await;
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
        let sent = self.client(address)?.head(address.url().clone()).send().await;
        let response = sent.map_err(|error| Failure::of(&error))?;
        let told = response.headers().get(header::DATE);
        let told = told.and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
        let seconds = told.and_then(|date| date.duration_since(SystemTime::UNIX_EPOCH).ok());
        Ok(seconds
            .and_then(|span| i64::try_from(span.as_secs()).ok())
            .map(Timestamp))
    }

    fn client(&self, address: &Address) -> Result<&reqwest::Client, Failure> {
        match self.outside.get() {
            _ if address.is_plain() => Ok(&self.loopback),
            Some(outside) => Ok(outside),
            None => {
                // Not kept when it fails: the trust store may be there at the next call.
                let outside = builder(self.limits).build().map_err(|_| Failure::Unreachable)?;
                Ok(self.outside.get_or_init(|| outside))
            }
        }
    }

    async fn send(&self, request: Request<Vec<u8>>, longest: usize) -> Result<Answer, Failure> {
        let address = Address::parse(&request.uri().to_string()).map_err(|_| Failure::Unreachable)?;
        let client = self.client(&address)?;
        let (parts, body) = request.into_parts();
        let sent = client
            .request(parts.method, address.url().clone())
            .headers(parts.headers)
            .body(Bytes::from_owner(Zeroizing::new(body)))
            .send()
            .await;
        let mut response = sent.map_err(|error| Failure::of(&error))?;
        let status = response.status().as_u16();
        let retry_after = asked_wait(response.headers(), SystemTime::now());
        let body = read_up_to(longest, &mut response).await;
        if (200..300).contains(&status) {
            return Ok(Answer { status, body: body? });
        }
        // The status says enough where the words beside it cannot be read.
        let body = body.unwrap_or_default();
        Err(Failure::Refused {
            status,
            body,
            retry_after,
        })
    }
}

/// One connection a call: none is kept to go stale while the computer sleeps, and none is tried a
/// second time behind our back.
fn builder(limits: Limits) -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .pool_max_idle_per_host(0)
        .referer(false)
        .connect_timeout(limits.connect)
        .timeout(limits.whole)
        .user_agent(concat!("Evergrant/", env!("CARGO_PKG_VERSION")))
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

async fn read_up_to(longest: usize, response: &mut reqwest::Response) -> Result<Zeroizing<Vec<u8>>, Failure> {
    if response
        .content_length()
        .is_some_and(|length| length > longest as u64)
    {
        return Err(Failure::Unreadable);
    }
    // Its full size at once: a vector that grows leaves copies of its secrets behind.
    let mut body = Zeroizing::new(Vec::with_capacity(longest));
    while let Some(chunk) = response.chunk().await.map_err(|error| Failure::of(&error))? {
        if body.len() + chunk.len() > longest {
            return Err(Failure::Unreadable);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

impl Failure {
    fn of(error: &reqwest::Error) -> Self {
        if error.is_connect() {
            Self::Unreachable
        } else if error.is_timeout() {
            Self::Silent
        } else {
            Self::Broken
        }
    }

    fn status(&self) -> Option<u16> {
        match self {
            Self::Refused { status, .. } => Some(*status),
            _ => None,
        }
    }
}
