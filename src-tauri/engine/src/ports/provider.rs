use async_trait::async_trait;
use evergrant_domain::{
    AccessToken, Api, AuthorizationCode, Client, Fault, Grant, Lease, Person, RefreshToken, ScopeSet,
    Timestamp,
    consent::ask::{AttemptSecrets, Purpose},
};

/// What the consent link is made of.
#[derive(Clone, Debug)]
pub struct ConsentAsk<'a> {
    pub client_id: &'a str,
    pub redirect_uri: &'a str,
    pub scopes: &'a ScopeSet,
    pub purpose: &'a Purpose,
    pub secrets: &'a AttemptSecrets,
}

/// What a code is exchanged with (RFC 6749 4.1.3, RFC 7636 4.5).
#[derive(Clone, Debug)]
pub struct CodeExchange<'a> {
    pub client: &'a Client,
    pub redirect_uri: &'a str,
    /// The scopes asked, which are the granted ones where the answer names none (RFC 6749 5.1).
    pub asked: &'a ScopeSet,
    pub code: &'a AuthorizationCode,
    pub secrets: &'a AttemptSecrets,
}

/// The answer to a refresh.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refreshed {
    pub lease: Lease,
    /// A new refresh token, from providers that rotate. Store it before the lease is used.
    pub rotated: Option<RefreshToken>,
    pub ends_at: Option<Timestamp>,
}

/// What a cheap call to an API showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProbeAnswer {
    Works,
    /// The API is not switched on in the client's project.
    SwitchedOff,
    /// The lease does not open it.
    NotAllowed,
}

/// A person's picture, as fetched and checked: PNG, JPEG or WebP, at most 256 KiB.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

/// A provider's endpoints. Every call is bounded; faults keep every stored token.
#[async_trait]
pub trait Provider: Send + Sync {
    /// The link of the consent page (RFC 6749 4.1.1). May need discovery.
    async fn consent_link(&self, ask: ConsentAsk<'_>) -> Result<String, Fault>;

    /// Exchanges the code and checks the `id_token`. Never repeated: a code counts once.
    async fn exchange(&self, exchange: CodeExchange<'_>) -> Result<Grant, Fault>;

    /// RFC 6749 6. `scopes` narrow the lease and leave the grant as it is; without them it opens
    /// whatever was granted. A provider may ignore them: the lease says what it opens, or nothing where
    /// the answer did not say.
    ///
    /// # Errors
    /// Among all others `RequestRefused`, where these scopes are refused and the grant lives.
    async fn refresh(
        &self,
        client: &Client,
        token: &RefreshToken,
        scopes: Option<&ScopeSet>,
    ) -> Result<Refreshed, Fault>;

    /// RFC 7009. A grant that is already gone counts as revoked; a provider without revocation too.
    async fn revoke(&self, client: &Client, token: &RefreshToken) -> Result<(), Fault>;

    /// Who the lease belongs to (OIDC Core 5.3).
    async fn person(&self, token: &AccessToken) -> Result<Person, Fault>;

    async fn probe(&self, api: Api, token: &AccessToken) -> Result<ProbeAnswer, Fault>;

    /// Fetches the picture at an address that the provider gave.
    async fn picture(&self, address: &str) -> Result<Picture, Fault>;
}
