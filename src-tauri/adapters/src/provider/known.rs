//! The providers this program knows by itself.

use evergrant_domain::{
    Api,
    provider::{Endpoints, ExplicitEndpoints, OfflineAccess, Probe, Provider, ProviderId},
};

/// Google.
///
/// Source: Google's discovery document, and each API's reference for the cheap call. Given one by
/// one so that a consent link can be made without asking Google first.
pub fn google() -> Provider {
    Provider {
        id: id("google"),
        name: "Google".to_owned(),
        issuer: "https://accounts.google.com".to_owned(),
        endpoints: Endpoints::Explicit(ExplicitEndpoints {
            authorization: "https://accounts.google.com/o/oauth2/v2/auth".to_owned(),
            token: "https://oauth2.googleapis.com/token".to_owned(),
            keys: "https://www.googleapis.com/oauth2/v3/certs".to_owned(),
            userinfo: Some("https://openidconnect.googleapis.com/v1/userinfo".to_owned()),
            revocation: Some("https://oauth2.googleapis.com/revoke".to_owned()),
        }),
        offline: OfflineAccess::AccessType,
        probes: probes(|api| match api {
            Api::Gmail => "https://gmail.googleapis.com",
            Api::Calendar | Api::Drive => "https://www.googleapis.com",
            Api::Contacts => "https://people.googleapis.com",
        }),
        extra_scopes: Vec::new(),
    }
}

/// The practice Google at `base_url`, which calls itself `issuer`.
pub fn practice(base_url: &str, issuer: &str) -> Provider {
    let base = base_url.trim_end_matches('/');
    let at = |path: &str| format!("{base}{path}");
    Provider {
        id: id("practice"),
        name: "Practice Google".to_owned(),
        issuer: issuer.to_owned(),
        endpoints: Endpoints::Explicit(ExplicitEndpoints {
            authorization: at("/o/oauth2/v2/auth"),
            token: at("/token"),
            keys: at("/oauth2/v3/certs"),
            userinfo: Some(at("/v1/userinfo")),
            revocation: Some(at("/revoke")),
        }),
        offline: OfflineAccess::AccessType,
        probes: probes(|_| base),
        extra_scopes: Vec::new(),
    }
}

/// The cheapest call of each API that shows whether it works; `host` says where the API is.
fn probes<'a>(host: impl Fn(Api) -> &'a str) -> Vec<Probe> {
    let call = |api| match api {
        Api::Gmail => "/gmail/v1/users/me/profile",
        Api::Calendar => "/calendar/v3/users/me/calendarList?maxResults=1",
        Api::Drive => "/drive/v3/about?fields=kind",
        Api::Contacts => "/v1/people/me/connections?pageSize=1&personFields=names",
    };
    let probe = |api| Probe {
        api,
        url: format!("{}{}", host(api), call(api)),
    };
    Api::ALL.into_iter().map(probe).collect()
}

fn id(name: &str) -> ProviderId {
    ProviderId::parse(name).expect("a name of plain letters is an id")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::Address;

    #[test]
    fn both_are_complete_and_may_be_called() {
        for provider in [
            google(),
            practice("http://127.0.0.1:4600/", "https://practice.invalid"),
        ] {
            let Endpoints::Explicit(given) = &provider.endpoints else {
                panic!("explicit endpoints");
            };
            let all = [&given.authorization, &given.token, &given.keys].into_iter();
            for address in all.chain(&given.userinfo).chain(&given.revocation) {
                assert!(Address::parse(address).is_ok(), "{address}");
            }
            for api in Api::ALL {
                let probe = provider.probe(api).expect("a call for each API");
                assert!(Address::parse(&probe.url).is_ok(), "{}", probe.url);
            }
        }
    }
}
