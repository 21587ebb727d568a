use std::sync::Arc;

use async_trait::async_trait;
use evergrant_domain::{AccessToken, Api, Client, Fault, Grant, Person, RefreshToken, ScopeSet};
use evergrant_engine::ports::{CodeExchange, ConsentAsk, Picture, ProbeAnswer, Provider, Refreshed};

use super::fate::Shared;
use super::step::Step;

pub struct Mortal {
    provider: Arc<dyn Provider>,
    fate: Shared,
}

impl Mortal {
    pub fn new(provider: Arc<dyn Provider>, fate: Shared) -> Self {
        Self { provider, fate }
    }
}

#[async_trait]
impl Provider for Mortal {
    async fn consent_link(&self, ask: ConsentAsk<'_>) -> Result<String, Fault> {
        self.provider.consent_link(ask).await
    }

    async fn exchange(&self, exchange: CodeExchange<'_>) -> Result<Grant, Fault> {
        let call = self.provider.exchange(exchange);
        self.fate.around(Step::ProviderExchange, call).await
    }

    async fn refresh(
        &self,
        client: &Client,
        token: &RefreshToken,
        scopes: Option<&ScopeSet>,
    ) -> Result<Refreshed, Fault> {
        let call = self.provider.refresh(client, token, scopes);
        self.fate.around(Step::ProviderRefresh, call).await
    }

    async fn revoke(&self, client: &Client, token: &RefreshToken) -> Result<(), Fault> {
        let call = self.provider.revoke(client, token);
        self.fate.around(Step::ProviderRevoke, call).await
    }

    async fn person(&self, token: &AccessToken) -> Result<Person, Fault> {
        self.provider.person(token).await
    }

    async fn probe(&self, api: Api, token: &AccessToken) -> Result<ProbeAnswer, Fault> {
        self.provider.probe(api, token).await
    }

    async fn picture(&self, address: &str) -> Result<Picture, Fault> {
        self.provider.picture(address).await
    }
}
