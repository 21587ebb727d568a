//! The vault on a real GNOME keyring.
#![cfg(target_os = "linux")]

mod vault_session;

use std::{collections::HashMap, process::Command};

use evergrant_adapters::vault::OsVault;
use evergrant_domain::{Code, secret::VaultText};
use evergrant_engine::{contract, ports::Vault};
use secret_service::{EncryptionType, blocking::SecretService};
use vault_session::{
    Bus,
    item::{self, ALICE, alice, keep},
    run, unlocked_keyring,
};

async fn read(vault: &OsVault) -> String {
    item::read(vault).await.expect("read")
}

#[test]
fn it_keeps_the_contract() {
    run("it_keeps_the_contract", Bus::Bare, async {
        let _keyring = unlocked_keyring();
        contract::vault(&OsVault::new("evergrant")).await;
    });
}

#[test]
fn items_are_kept_when_the_keyring_restarts() {
    run("items_are_kept_when_the_keyring_restarts", Bus::Bare, async {
        let keyring = unlocked_keyring();
        let vault = OsVault::new("evergrant");
        keep(&vault, "1//lasting").await;
        drop(keyring);
        let gone = vault.read(&alice()).await.expect_err("nobody there");
        assert_eq!(gone.code, Code::VaultAbsent);
        let gone = vault
            .write(&alice(), "l", &VaultText::new("n"))
            .await
            .expect_err("nobody there");
        assert_eq!(gone.code, Code::VaultAbsent);
        let _again = unlocked_keyring();
        assert_eq!(
            read(&vault).await,
            "1//lasting",
            "the same vault object finds it again"
        );
        keep(&vault, "1//newer").await;
        assert_eq!(read(&vault).await, "1//newer");
    });
}

#[test]
fn profiles_do_not_see_each_other_and_people_see_one_item() {
    run(
        "profiles_do_not_see_each_other_and_people_see_one_item",
        Bus::Bare,
        async {
            let _keyring = unlocked_keyring();
            let (real, practice) = (OsVault::new("evergrant"), OsVault::new("evergrant-practice"));
            keep(&practice, "pretended").await;
            assert_eq!(real.keys().await.expect("listed"), []);
            keep(&real, "first").await;
            real.write(&alice(), "Evergrant: renamed", &VaultText::new("real"))
                .await
                .expect("written");
            assert_eq!(read(&practice).await, "pretended");

            let mut search = Command::new("secret-tool");
            search.args(["search", "--all", "service", "evergrant"]);
            let found = search
                .output()
                .expect("secret-tool is needed (Debian: libsecret-tools)");
            let found = String::from_utf8_lossy(&found.stdout).into_owned();
            assert_eq!(found.matches("label = ").count(), 1, "{found}");
            assert!(found.contains("label = Evergrant: renamed"), "{found}");

            real.delete(&alice()).await.expect("deleted");
            assert_eq!(
                read(&practice).await,
                "pretended",
                "a delete stays in its profile"
            );
        },
    );
}

/// Puts an item beside those the vault wrote, as restoring a second keyring does.
fn plant(secret: &[u8], apart: &str) {
    let service = SecretService::connect(EncryptionType::Dh).expect("connected");
    let collection = service.get_default_collection().expect("there");
    let user = format!("account:{ALICE}");
    let attributes = HashMap::from([
        ("service", "evergrant"),
        ("username", user.as_str()),
        ("restored", apart),
    ]);
    collection
        .create_item("twin", attributes, secret, false, "text/plain")
        .expect("planted");
}

fn planted() -> usize {
    let service = SecretService::connect(EncryptionType::Plain).expect("connected");
    let found = service.search_items(HashMap::from([("service", "evergrant")]));
    found.expect("searched").unlocked.len()
}

#[test]
fn two_items_for_one_account_lose_nothing() {
    run("two_items_for_one_account_lose_nothing", Bus::Bare, async {
        let _keyring = unlocked_keyring();
        let vault = OsVault::new("evergrant");
        keep(&vault, "1//same").await;
        plant(b"1//same", "a");
        assert_eq!(
            read(&vault).await,
            "1//same",
            "twins that agree are as good as one"
        );
        let listed = vault.keys().await.expect("listed");
        assert_eq!(listed.len(), 1, "one account all the same");

        plant(b"1//other", "b");
        let fault = vault.read(&alice()).await.expect_err("which one counts?");
        assert_eq!(fault.code, Code::VaultItemDamaged);
        let fault = vault.write(&alice(), "l", &VaultText::new("new")).await;
        assert_eq!(
            fault.expect_err("which one to replace?").code,
            Code::VaultItemDamaged
        );
        assert_eq!(planted(), 3, "all are still there");

        vault.delete(&alice()).await.expect("a person asked for it");
        assert_eq!(planted(), 0);
        keep(&vault, "1//fresh").await;
        assert_eq!(read(&vault).await, "1//fresh");
    });
}

#[test]
fn an_item_that_is_no_text_is_damaged_and_can_be_replaced() {
    run(
        "an_item_that_is_no_text_is_damaged_and_can_be_replaced",
        Bus::Bare,
        async {
            let _keyring = unlocked_keyring();
            let vault = OsVault::new("evergrant");
            plant(&[0xff, 0x00, 0xfe], "a");
            let fault = vault.read(&alice()).await.expect_err("no text");
            assert_eq!(fault.code, Code::VaultItemDamaged);
            assert_eq!(planted(), 1, "kept");
            keep(&vault, "1//mended").await;
            assert_eq!(read(&vault).await, "1//mended");
        },
    );
}

#[test]
fn calls_leave_no_threads_behind() {
    run("calls_leave_no_threads_behind", Bus::Bare, async {
        let _keyring = unlocked_keyring();
        let vault = OsVault::new("evergrant");
        keep(&vault, "1//a").await;
        let threads = || std::fs::read_dir("/proc/self/task").expect("listed").count();
        let before = threads();
        for _ in 0..20 {
            read(&vault).await;
        }
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        assert!(threads() <= before + 3, "{before} before, {} after", threads());
    });
}
