//! What is asked of the provider's consent page, and the one place that decides how.

use crate::provider::OfflineAccess;
use crate::scope::{Scope, ScopeSet};
use crate::secret::{Nonce, State, Verifier};

/// Why a consent is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A new account, whichever the person chooses.
    Adding,
    /// This account, again: same address, same `sub`.
    Renewing { login_hint: String },
}

/// The secrets made fresh for each attempt (RFC 7636, RFC 6749 10.12, OpenID Connect Core 3.1.2.1).
#[derive(Clone, Debug)]
pub struct AttemptSecrets {
    pub state: State,
    pub nonce: Nonce,
    pub verifier: Verifier,
}

/// Parameters beyond the standard ones that make a refresh token come.
///
/// Source: Google, "OAuth 2.0 for iOS & Desktop Apps". `approval_prompt` is dead and, beside
/// `prompt`, an error page: it is never sent.
pub fn lasting_access(offline: OfflineAccess, purpose: &Purpose) -> Vec<(&'static str, String)> {
    let mut parameters = Vec::new();
    if offline == OfflineAccess::AccessType {
        parameters.push(("access_type", "offline".to_owned()));
    }
    match purpose {
        Purpose::Adding => parameters.push(("prompt", "select_account consent".to_owned())),
        Purpose::Renewing { login_hint } => {
            parameters.push(("prompt", "consent".to_owned()));
            parameters.push(("login_hint", login_hint.clone()));
        }
    }
    parameters
}

/// The scopes sent, with `offline_access` where that is how lasting access is asked.
pub fn sent_scopes(offline: OfflineAccess, asked: &ScopeSet) -> ScopeSet {
    let mut sent = asked.clone();
    if offline == OfflineAccess::Scope {
        sent.extend_with("offline_access");
    }
    sent
}

impl ScopeSet {
    fn extend_with(&mut self, text: &str) {
        if let Some(scope) = Scope::parse(text) {
            self.insert(&scope);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prompt(purpose: &Purpose) -> Vec<(&'static str, String)> {
        lasting_access(OfflineAccess::AccessType, purpose)
    }

    #[test]
    fn consent_and_offline_are_always_asked() {
        let renewing = Purpose::Renewing {
            login_hint: "alice@example.com".into(),
        };
        for purpose in [Purpose::Adding, renewing] {
            let asked = prompt(&purpose);
            assert!(asked.contains(&("access_type", "offline".into())));
            assert!(asked.iter().any(|(k, v)| *k == "prompt" && v.contains("consent")));
            assert!(asked.iter().all(|(k, _)| *k != "approval_prompt"));
        }
    }

    #[test]
    fn renewing_names_the_account_and_does_not_offer_others() {
        let asked = prompt(&Purpose::Renewing {
            login_hint: "alice@example.com".into(),
        });
        assert!(asked.contains(&("prompt", "consent".into())));
        assert!(asked.contains(&("login_hint", "alice@example.com".into())));
    }

    #[test]
    fn the_other_way_to_ask_is_a_scope() {
        let sent = sent_scopes(OfflineAccess::Scope, &ScopeSet::parse("openid"));
        assert!(sent.has("offline_access"));
        let parameters = lasting_access(OfflineAccess::Scope, &Purpose::Adding);
        assert!(parameters.iter().all(|(k, _)| *k != "access_type"));
    }
}
