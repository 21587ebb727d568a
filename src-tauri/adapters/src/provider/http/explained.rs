//! What can be found out about a failure that came before the request was sent.

use evergrant_domain::time::Seconds;

use super::{Http, client::Judged};
use crate::{
    network::Situation,
    provider::{Address, Failure, skew},
};

impl Http {
    /// The failure as it looks beside what the system knows of its network. For this computer's own
    /// addresses the network says nothing.
    pub(super) async fn explained(&self, address: &Address, failure: Failure) -> Failure {
        use Failure as F;
        let network = self.network.as_ref().filter(|_| !address.is_here());
        match (failure, network.map(|network| network.situation())) {
            (F::OutOfDate { .. }, _) => F::OutOfDate {
                ahead: self.ahead_at(address).await,
            },
            (F::NameNotFound | F::Unreachable | F::Untrusted { .. }, Some(Situation::LoginPage)) => {
                F::LoginPage
            }
            (F::NameNotFound, Some(Situation::Offline)) => F::Unreachable,
            (failure, _) => failure,
        }
    }

    /// How far this clock is ahead of the one at an address whose certificate is out of date. Asks for
    /// nothing but the time, and shows nothing.
    async fn ahead_at(&self, address: &Address) -> Option<Seconds> {
        let line = self.line(address, Judged::AtAnyTime).await.ok()?;
        let root = address.url().join("/").ok()?;
        let response = line.client.head(root).send().await.ok()?;
        let now = self.clock.now();
        self.skew.measure(response.headers(), now);
        skew::ahead(response.headers(), now)
    }
}
