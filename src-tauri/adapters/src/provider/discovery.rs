//! Where a provider listens: from its own document (OIDC Discovery 4) or as given.

use evergrant_domain::{
    Code, Fault,
    provider::{Endpoints, ExplicitEndpoints, Provider},
};
use openidconnect::{
    AdditionalProviderMetadata, ProviderMetadata,
    core::{
        CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType, CoreJsonWebKey,
        CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreResponseMode, CoreResponseType,
        CoreSubjectIdentifierType,
    },
};
use serde::{Deserialize, Serialize};

use super::{Address, Endpoint, Http, client_auth::ClientAuth};

/// The endpoints of a provider, each an address that may be called.
#[derive(Debug)]
pub(super) struct Listening {
    pub authorization: Address,
    pub token: Address,
    pub keys: Address,
    pub userinfo: Option<Address>,
    pub revocation: Option<Address>,
    pub client_auth: ClientAuth,
}

/// RFC 8414 2 names it; OIDC Discovery does not.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Revocation {
    revocation_endpoint: Option<String>,
}

impl AdditionalProviderMetadata for Revocation {}

type Metadata = ProviderMetadata<
    Revocation,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

impl Listening {
    /// # Errors
    /// `ProviderUnreadable` for a document that is none, names another issuer, or points to an
    /// address that may not be called; otherwise as the call failed.
    pub async fn find(provider: &Provider, http: &Http) -> Result<Self, Fault> {
        match &provider.endpoints {
            Endpoints::Explicit(given) => Self::given(given).ok_or_else(|| odd("an endpoint's address")),
            Endpoints::Discovered => Self::discovered(&provider.issuer, http).await,
        }
    }

    fn given(given: &ExplicitEndpoints) -> Option<Self> {
        Some(Self {
            authorization: address(&given.authorization)?,
            token: address(&given.token)?,
            keys: address(&given.keys)?,
            userinfo: optional(given.userinfo.as_deref())?,
            revocation: optional(given.revocation.as_deref())?,
            client_auth: ClientAuth::Form,
        })
    }

    async fn discovered(issuer: &str, http: &Http) -> Result<Self, Fault> {
        let at = format!(
            "{}/.well-known/openid-configuration",
            issuer.trim_end_matches('/')
        );
        let at = address(&at).ok_or_else(|| odd("the issuer's address"))?;
        let answer = http.read(Endpoint::Discovery, &at).await?;
        Self::documented(issuer, &answer.body)
    }

    /// As the issuer's own document says.
    pub(super) fn documented(issuer: &str, document: &[u8]) -> Result<Self, Fault> {
        let document: Metadata =
            serde_json::from_slice(document).map_err(|_| odd("the discovery document"))?;
        // Exactly: a document that speaks for another could send the code elsewhere (Discovery 4.3).
        if document.issuer().as_str() != issuer {
            return Err(odd("the issuer in the discovery document"));
        }
        Self::read(&document).ok_or_else(|| odd("an endpoint in the discovery document"))
    }

    fn read(document: &Metadata) -> Option<Self> {
        let userinfo = document.userinfo_endpoint().map(|at| at.as_str());
        let revocation = &document.additional_metadata().revocation_endpoint;
        Some(Self {
            authorization: address(document.authorization_endpoint())?,
            token: address(document.token_endpoint()?)?,
            keys: address(document.jwks_uri())?,
            userinfo: optional(userinfo)?,
            revocation: optional(revocation.as_deref())?,
            client_auth: client_auth(document),
        })
    }
}

/// Named methods count; a document that names none means the header (Discovery 3).
fn client_auth(document: &Metadata) -> ClientAuth {
    let methods = document.token_endpoint_auth_methods_supported();
    match methods {
        Some(named) if named.contains(&CoreClientAuthMethod::ClientSecretPost) => ClientAuth::Form,
        _ => ClientAuth::Header,
    }
}

fn address(text: &str) -> Option<Address> {
    Address::parse(text).ok()
}

/// `None` for an address that is there and may not be called.
#[expect(clippy::option_option, reason = "absent is fine, wrong is not")]
fn optional(text: Option<&str>) -> Option<Option<Address>> {
    text.map_or(Some(None), |text| address(text).map(Some))
}

fn odd(what: &str) -> Fault {
    Fault::with_detail(Code::ProviderUnreadable, &format!("{what} makes no sense"))
}
