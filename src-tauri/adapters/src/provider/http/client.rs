//! Clients, made for one call each.

use std::sync::{Arc, OnceLock};

use reqwest::{Client, ClientBuilder, Proxy, redirect, retry};

use super::{Limits, trust::Trust};

/// What every client is made of. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Clients {
    limits: Limits,
    /// Read at the first call to the outside: it takes a while, and practice mode never needs it.
    trust: Arc<OnceLock<Trust>>,
    /// Unencrypted calls never leave this computer.
    pub here: Client,
    #[cfg(test)]
    pub names: Vec<(&'static str, std::net::SocketAddr)>,
}

/// At what time certificates are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Judged {
    Now,
    AtAnyTime,
}

impl Clients {
    pub fn new(limits: Limits) -> reqwest::Result<Self> {
        Ok(Self {
            limits,
            trust: Arc::default(),
            here: builder(limits).no_proxy().tls_certs_only([]).build()?,
            #[cfg(test)]
            names: Vec::new(),
        })
    }

    /// For the outside, through the proxy where there is one. `None` where this system has nothing to
    /// trust in, or cannot use the proxy.
    pub fn outside(&self, proxy: Option<Proxy>, judged: Judged) -> Option<Client> {
        let trust = self.trust()?;
        let tls = match judged {
            Judged::Now => trust.now(),
            Judged::AtAnyTime => trust.at_any_time(),
        };
        let client = builder(self.limits)
            .no_proxy()
            .tls_backend_preconfigured(tls.ok()?);
        let client = match proxy {
            Some(proxy) => client.proxy(proxy),
            None => client,
        };
        #[cfg(test)]
        let client = (self.names.iter()).fold(client, |client, (name, at)| client.resolve(name, *at));
        client.build().ok()
    }

    fn trust(&self) -> Option<&Trust> {
        if self.trust.get().is_none() {
            // Not kept when it fails: the trust store may be there at the next call.
            let trust = Trust::of_this_system().ok()?;
            let _ = self.trust.set(trust);
        }
        self.trust.get()
    }

    #[cfg(test)]
    pub fn trusting(mut self, trust: Trust) -> Self {
        self.trust = Arc::new(OnceLock::from(trust));
        self
    }
}

/// One connection a call: none is kept to go stale while the computer sleeps, and none is tried a
/// second time behind our back.
fn builder(limits: Limits) -> ClientBuilder {
    Client::builder()
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .pool_max_idle_per_host(0)
        .referer(false)
        .connect_timeout(limits.connect)
        .timeout(limits.whole)
        .user_agent(concat!("Evergrant/", env!("CARGO_PKG_VERSION")))
}
