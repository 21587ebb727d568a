use evergrant_domain::{provider::ProviderId, secret::VaultText};
use evergrant_engine::client_label;
use evergrant_engine::kept::{KeptGrant, decode_client};
use evergrant_engine::ports::VaultKey;

/// What people see in the system's own program for its vault.
pub fn label(key: &VaultKey, text: &VaultText) -> String {
    match key {
        VaultKey::Account(_) => match KeptGrant::decode(text) {
            Ok(kept) => format!("Evergrant: {}", kept.email.unwrap_or(kept.subject.sub)),
            Err(_) => "Evergrant".to_owned(),
        },
        VaultKey::Client(key) => client(key.provider(), text),
        VaultKey::OnlyClient(provider) => client(provider, text),
        VaultKey::Consent(_) => "Evergrant".to_owned(),
    }
}

fn client(provider: &ProviderId, text: &VaultText) -> String {
    match decode_client(text) {
        Ok(client) => client_label(provider, &client.id),
        Err(_) => format!("Evergrant: client of {}", provider.as_str()),
    }
}
