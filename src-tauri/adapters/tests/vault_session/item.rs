//! One item in a vault, for tests of how the vault is.

use evergrant_adapters::vault::OsVault;
use evergrant_domain::{AccountId, Code, Fault, secret::VaultText};
use evergrant_engine::ports::{Vault, VaultKey};

pub const ALICE: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

pub fn alice() -> VaultKey {
    VaultKey::Account(AccountId::parse(ALICE).expect("an id"))
}

pub async fn write(vault: &OsVault, words: &str) -> Result<(), Fault> {
    let text = VaultText::new(words);
    vault.write(&alice(), "Evergrant: alice", &text).await
}

pub async fn keep(vault: &OsVault, words: &str) {
    write(vault, words).await.expect("written");
}

pub async fn read(vault: &OsVault) -> Result<String, Code> {
    let read = vault.read(&alice()).await;
    read.map(|text| text.expose().to_owned())
        .map_err(|fault| fault.code)
}

pub async fn every_call_says(vault: &OsVault, code: Code) {
    let answers = [
        ("ready", vault.ready().await),
        ("write", write(vault, "1//new").await),
        ("read", vault.read(&alice()).await.map(drop)),
        ("delete", vault.delete(&alice()).await),
        ("keys", vault.keys().await.map(drop)),
    ];
    for (call, answer) in answers {
        let fault = answer.expect_err(call);
        assert_eq!(fault.code, code, "{call}: {fault:?}");
    }
}
