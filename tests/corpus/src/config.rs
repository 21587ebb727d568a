//! The settings file with a person's own providers.

use std::collections::HashSet;

use evergrant_adapters::config::{Config, ConfigMistake, ConfiguredProvider, VaultChoice, VaultKind};
use evergrant_domain::provider::Endpoints;
use toml::{Table, Value};
use url::Url;

use crate::addresses::may_be_called;

/// Never a panic; what is accepted names each provider once, under an id of its own, with addresses that may
/// be called and no secret; a mistake is one in the file.
pub fn config(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    match Config::read(text) {
        Ok(config) => {
            accepted(&config, text);
            takes_a_choice(&config, text);
        }
        Err(mistake) => somewhere_in(text, &mistake),
    }
}

fn accepted(config: &Config, text: &str) {
    let table: Table = text.parse().expect("what is accepted is TOML");
    let written = table
        .get("provider")
        .and_then(Value::as_array)
        .map_or(0, Vec::len);
    assert_eq!(written, config.providers.len(), "a provider was passed over");
    assert!(!names_a_secret(&Value::Table(table)), "a secret in a file");
    let places = config.vault.path.iter().chain(&config.vault.key_file);
    assert!(
        places.into_iter().all(|path| path.is_absolute()),
        "a place that depends on who looks"
    );
    let mut names = HashSet::new();
    for ConfiguredProvider { provider, client_id } in &config.providers {
        let id = provider.id.as_str();
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        assert!((1..=32).contains(&id.len()) && id.bytes().all(plain), "{id}");
        assert!(!matches!(id, "google" | "practice"), "{id} is built in");
        assert!(
            names.insert(id) && names.insert(&provider.issuer),
            "{id} is there twice"
        );
        assert!(!provider.name.is_empty() && client_id.as_deref() != Some(""));

        let mut addresses = vec![&provider.issuer];
        if let Endpoints::Explicit(given) = &provider.endpoints {
            addresses.extend([&given.authorization, &given.token, &given.keys]);
            addresses.extend(given.userinfo.iter().chain(&given.revocation));
        }
        addresses.extend(provider.probes.iter().map(|probe| &probe.url));
        for address in addresses {
            let normal = Url::parse(address).expect("an address");
            assert!(may_be_called(normal.as_str()), "{address}");
        }
        let issuer = provider.issuer.trim_end_matches('/');
        assert_ne!(issuer, "https://accounts.google.com", "it speaks for Google");
    }
}

/// Another vault is written into the file, and everything else stays.
fn takes_a_choice(config: &Config, text: &str) {
    let other = match config.vault.kind {
        VaultKind::System => VaultKind::File,
        VaultKind::File => VaultKind::System,
    };
    let vault = VaultChoice {
        kind: other,
        path: Some("/srv/evergrant/vault".into()),
        key_file: None,
    };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("config.toml");
    std::fs::write(&path, text).expect("written");
    let prepared = vault
        .prepare(&path)
        .expect("what is accepted can be written into");
    prepared.put_in_place().expect("in place");
    let expected = Config {
        vault,
        ..config.clone()
    };
    assert_eq!(Config::load(&path), Ok(expected));
}

fn names_a_secret(value: &Value) -> bool {
    match value {
        Value::Table(table) => table
            .iter()
            .any(|(key, value)| key == "client_secret" || names_a_secret(value)),
        Value::Array(items) => items.iter().any(names_a_secret),
        _ => false,
    }
}

fn somewhere_in(text: &str, mistake: &ConfigMistake) {
    let lines = 1 + text.bytes().filter(|byte| *byte == b'\n').count();
    assert!((1..=lines).contains(&mistake.line), "{mistake} of {lines}");
}
