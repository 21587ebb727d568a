//! The way to the outside, with real TLS and real proxies on this computer.

mod connect_proxy;
mod proxies;
mod site;
mod trusting;

use std::{sync::Arc, time::Duration};

use evergrant_domain::{Code, Fault};
use http::Request;

use self::site::{Authority, Site};
use super::{Address, Endpoint, Http, Limits, classify, trust::Trust};
use crate::{
    network::{Situation, SystemNetwork},
    proxy::Proxies,
};

/// What every call carries, and nobody may see who is not trusted.
const SECRET: &str = "1//0canary";

/// The way out of a computer that trusts this authority, beside its own.
fn outside(trusted: &Authority) -> Http {
    let limits = Limits {
        connect: Duration::from_secs(5),
        whole: Duration::from_secs(10),
    };
    let mut http = Http::new(limits).expect("a client");
    http.clients = http.clients.trusting(Trust::beside(trusted.certificate()));
    http.proxies = Proxies::named(&[]);
    http
}

impl Http {
    fn knowing(mut self, site: &Site) -> Self {
        self.clients.names.push((site.name, site.at));
        self
    }

    fn through(mut self, variables: &[(&str, &str)]) -> Self {
        self.proxies = Proxies::named(variables);
        self
    }

    fn amid(mut self, situation: Situation) -> Self {
        self.network = Some(Arc::new(SystemNetwork::always(situation)));
        self
    }

    /// Sends the secret to an address.
    async fn tried(&self, address: &str) -> Result<u16, Fault> {
        let address = Address::parse(address).expect("an address");
        let mut request = super::get(&address).map(|_| SECRET.as_bytes().to_vec());
        *request.method_mut() = http::Method::POST;
        let sent: Request<Vec<u8>> = request;
        let answer = self.call(Endpoint::TokenRefresh, sent, Self::LONGEST).await;
        answer
            .map(|answer| answer.status)
            .map_err(|failure| classify(Endpoint::TokenRefresh, &failure))
    }
}

#[track_caller]
fn assert_fault(outcome: Result<u16, Fault>, code: Code, words: &str) {
    let fault = outcome.expect_err("no answer");
    let said = fault.detail.as_ref().map_or("", |detail| detail.as_str());
    assert_eq!((fault.code, said), (code, words));
}
