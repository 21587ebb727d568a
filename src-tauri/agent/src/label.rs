use evergrant_domain::secret::VaultText;
use evergrant_engine::kept::KeptGrant;
use evergrant_engine::ports::VaultKey;

/// What people see in the system's own program for its vault.
pub fn label(key: &VaultKey, text: &VaultText) -> String {
    match key {
        VaultKey::Account(_) => match KeptGrant::decode(text) {
            Ok(kept) => format!("Evergrant: {}", kept.email.unwrap_or(kept.subject.sub)),
            Err(_) => "Evergrant".to_owned(),
        },
        VaultKey::Client(provider) => format!("Evergrant: client of {}", provider.as_str()),
        VaultKey::Consent(_) => "Evergrant".to_owned(),
    }
}
