//! A provider is data: endpoints, and how its ways differ from the standard.

use crate::permission::Api;

/// Short name of a provider in the configuration: `google`, `practice`, or a person's own.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ProviderId(String);

impl ProviderId {
    /// Lower-case letters, digits and hyphens, at most 32; it becomes part of a vault key.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-');
        ((1..=32).contains(&text.len()) && text.bytes().all(plain)).then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A provider's ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provider {
    pub id: ProviderId,
    /// As shown to people.
    pub name: String,
    /// Exactly what `iss` must be, in the redirect (RFC 9207) and in the `id_token`.
    pub issuer: String,
    pub endpoints: Endpoints,
    pub offline: OfflineAccess,
    /// One cheap call for each API that a test can try.
    pub probes: Vec<Probe>,
    /// Scopes asked besides sign-in whenever an account is connected.
    pub extra_scopes: Vec<String>,
}

/// Where the provider listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Endpoints {
    /// Read from `<issuer>/.well-known/openid-configuration` (OpenID Connect Discovery 4).
    Discovered,
    /// Given one by one.
    Explicit(ExplicitEndpoints),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplicitEndpoints {
    pub authorization: String,
    pub token: String,
    pub keys: String,
    pub userinfo: Option<String>,
    /// RFC 7009; some providers have none, then a disconnect ends here only.
    pub revocation: Option<String>,
}

/// How a refresh token is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfflineAccess {
    /// `access_type=offline` (Google).
    AccessType,
    /// The scope `offline_access` (OpenID Connect Core 11).
    Scope,
}

/// A cheap call that shows whether an API works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probe {
    pub api: Api,
    pub url: String,
}

impl Provider {
    /// The cheap call for an API, where the provider has it.
    pub fn probe(&self, api: Api) -> Option<&Probe> {
        self.probes.iter().find(|probe| probe.api == api)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_short_and_plain() {
        for good in ["google", "my-own-2", "a", &"a".repeat(32)] {
            let id = ProviderId::parse(good);
            assert_eq!(id.as_ref().map(ProviderId::as_str), Some(good));
        }
        for bad in ["", "Google", "my own", "a/b", "a_b", "é", &"a".repeat(33)] {
            assert_eq!(ProviderId::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_api_has_its_own_call_or_none() {
        let probe = |api| Probe {
            api,
            url: format!("https://api.example/{api:?}"),
        };
        let provider = Provider {
            id: ProviderId::parse("mine").expect("an id"),
            name: "Mine".into(),
            issuer: "https://id.example".into(),
            endpoints: Endpoints::Discovered,
            offline: OfflineAccess::Scope,
            probes: vec![probe(Api::Gmail), probe(Api::Calendar)],
            extra_scopes: vec![],
        };
        assert_eq!(provider.probe(Api::Calendar), Some(&probe(Api::Calendar)));
        assert_eq!(provider.probe(Api::Drive), None);
    }
}
