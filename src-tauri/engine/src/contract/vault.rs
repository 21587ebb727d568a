use evergrant_domain::{
    AccountId, ClientKey, Code, consent::AttemptId, provider::ProviderId, secret::VaultText,
};

use crate::ports::{Vault, VaultKey};

/// Holds a vault without items to what the port promises, and leaves it without items.
///
/// # Panics
/// With the promise that was broken.
pub async fn vault(vault: &dyn Vault) {
    let (alices, bobs) = (VaultKey::Account(account('a')), VaultKey::Account(account('b')));
    let consent = VaultKey::Consent(AttemptId::parse(&"c".repeat(43)).expect("an id"));
    let google = ProviderId::parse("google").expect("an id");
    let (private, work) = (client(&google, "1-private"), client(&google, "2-work"));
    let only = VaultKey::OnlyClient(google);

    vault.ready().await.expect("a vault at hand is ready");
    assert_eq!(listed(vault).await, [], "being ready leaves nothing behind");
    missing(vault, &alices).await;
    vault.delete(&alices).await.expect("deleting nothing is fine");

    keeps(vault, &alices, "1//first").await;
    keeps(vault, &alices, "1//second").await;
    keeps(vault, &bobs, "grün 🌲 and\nmore than one line").await;
    keeps(vault, &private, &"long".repeat(500)).await;
    keeps(vault, &work, "of another client").await;
    keeps(vault, &only, "as earlier versions kept it").await;
    keeps(vault, &consent, "a consent under way").await;
    assert_eq!(
        listed(vault).await,
        sorted([&alices, &bobs, &private, &work, &only, &consent]),
        "every item is listed once"
    );
    let first = vault.read(&alices).await.expect("kept");
    assert!(
        first == VaultText::new("1//second"),
        "items do not touch each other"
    );

    vault.delete(&alices).await.expect("deleted");
    missing(vault, &alices).await;
    assert_eq!(
        listed(vault).await,
        sorted([&bobs, &private, &work, &only, &consent]),
        "a deleted item is no longer listed"
    );
    let other = vault.read(&private).await.expect("kept");
    assert!(
        other == VaultText::new("long".repeat(500)),
        "clients of one provider stand side by side"
    );
    for key in [bobs, private, work, only, consent] {
        vault.delete(&key).await.expect("deleted");
    }
    assert_eq!(listed(vault).await, []);
}

async fn keeps(vault: &dyn Vault, key: &VaultKey, words: &str) {
    let text = VaultText::new(words);
    let written = vault.write(key, "Evergrant: alice@example.com", &text).await;
    written.expect("a write works");
    let back = vault.read(key).await.expect("what was written is there");
    assert!(back == text, "what was written comes back the same");
}

async fn missing(vault: &dyn Vault, key: &VaultKey) {
    let fault = vault.read(key).await.expect_err("nothing is there");
    assert_eq!(fault.code, Code::VaultItemMissing);
}

async fn listed(vault: &dyn Vault) -> Vec<VaultKey> {
    sorted(&vault.keys().await.expect("the items are listed"))
}

fn sorted<'a>(keys: impl IntoIterator<Item = &'a VaultKey>) -> Vec<VaultKey> {
    let mut all: Vec<VaultKey> = keys.into_iter().cloned().collect();
    all.sort();
    all
}

fn client(provider: &ProviderId, id: &str) -> VaultKey {
    VaultKey::Client(ClientKey::of(provider, id))
}

fn account(digit: char) -> AccountId {
    let digits: String = std::iter::repeat_n(digit, 32).collect();
    AccountId::parse(&digits).expect("an id")
}
