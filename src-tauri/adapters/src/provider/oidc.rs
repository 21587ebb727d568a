use std::sync::Arc;

use async_trait::async_trait;
use evergrant_domain::{
    AccessToken, Api, Client, Fault, Grant, Person, RefreshToken, ScopeSet,
    provider::Provider as ProviderData,
};
use evergrant_engine::ports::{Clock, CodeExchange, ConsentAsk, Picture, ProbeAnswer, Provider, Refreshed};
use openidconnect::core::CoreJsonWebKeySet;

use super::{
    Http, api, cached::Cached, consent, discovery::Listening, exchange, keys, picture, refresh, revoke,
    userinfo,
};

/// An OIDC provider, reached as its data says.
pub struct OidcProvider {
    pub(super) data: ProviderData,
    pub(super) http: Http,
    pub(super) clock: Arc<dyn Clock>,
    listening: Cached<Listening>,
    keys: Cached<CoreJsonWebKeySet>,
}

impl OidcProvider {
    /// Calls nobody yet.
    pub fn new(data: ProviderData, http: Http, clock: Arc<dyn Clock>) -> Self {
        Self {
            data,
            http,
            clock,
            listening: Cached::default(),
            keys: Cached::default(),
        }
    }

    pub(super) async fn listening(&self) -> Result<Arc<Listening>, Fault> {
        let find = Listening::find(&self.data, &self.http);
        self.listening.get(self.clock.now(), None, find).await
    }

    /// The provider's keys; `unfit` ones are fetched anew.
    pub(super) async fn keys(
        &self,
        listening: &Listening,
        unfit: Option<&Arc<CoreJsonWebKeySet>>,
    ) -> Result<Arc<CoreJsonWebKeySet>, Fault> {
        let fetch = keys::fetch(&self.http, &listening.keys);
        self.keys.get(self.clock.now(), unfit, fetch).await
    }
}

#[async_trait]
impl Provider for OidcProvider {
    async fn consent_link(&self, ask: ConsentAsk<'_>) -> Result<String, Fault> {
        let listening = self.listening().await?;
        consent::link(&listening.authorization, self.data.offline, &ask)
    }

    async fn exchange(&self, exchange: CodeExchange<'_>) -> Result<Grant, Fault> {
        exchange::exchange(self, &exchange).await
    }

    async fn refresh(
        &self,
        client: &Client,
        token: &RefreshToken,
        scopes: Option<&ScopeSet>,
    ) -> Result<Refreshed, Fault> {
        refresh::refresh(self, client, token, scopes).await
    }

    async fn revoke(&self, client: &Client, token: &RefreshToken) -> Result<(), Fault> {
        revoke::revoke(self, client, token).await
    }

    async fn person(&self, token: &AccessToken) -> Result<Person, Fault> {
        userinfo::person(self, token).await
    }

    async fn probe(&self, api: Api, token: &AccessToken) -> Result<ProbeAnswer, Fault> {
        api::probe(self, api, token).await
    }

    async fn picture(&self, address: &str) -> Result<Picture, Fault> {
        picture::fetch(&self.http, address).await
    }
}
