//! The vault when it is absent, locked, dismissed or silent: a bounded fault, and nothing lost.
#![cfg(target_os = "linux")]

mod vault_session;

use std::time::{Duration, Instant};

use evergrant_adapters::vault::{OsVault, Patience};
use evergrant_domain::{Code, secret::VaultText};
use evergrant_engine::ports::Vault;
use vault_session::{
    Bus,
    item::{self, alice, write},
    locked_keyring, run, unlocked_keyring,
};

/// A vault that waits no longer than a test may.
fn vault() -> OsVault {
    let patience = Patience {
        ordinary: Duration::from_secs(1),
        person: Duration::from_secs(2),
    };
    OsVault::with_patience("evergrant", patience)
}

/// Every operation answers with this fault, within the time it has.
async fn every_call_says(vault: &OsVault, code: Code) {
    let asked = Instant::now();
    item::every_call_says(vault, code).await;
    assert!(
        asked.elapsed() < Duration::from_secs(10),
        "bounded: {:?}",
        asked.elapsed()
    );
}

#[test]
fn without_a_session_bus_no_vault_can_be_reached() {
    run(
        "without_a_session_bus_no_vault_can_be_reached",
        Bus::None,
        async {
            every_call_says(&vault(), Code::VaultUnreachable).await;
        },
    );
}

#[test]
fn behind_an_address_that_leads_nowhere_no_vault_can_be_reached() {
    run(
        "behind_an_address_that_leads_nowhere_no_vault_can_be_reached",
        Bus::Gone,
        async {
            every_call_says(&vault(), Code::VaultUnreachable).await;
        },
    );
}

#[test]
fn a_bus_without_a_provider_is_no_vault() {
    run("a_bus_without_a_provider_is_no_vault", Bus::Bare, async {
        every_call_says(&vault(), Code::VaultAbsent).await;
    });
}

#[test]
fn a_keyring_that_was_never_made_cannot_be_made_without_a_person() {
    run(
        "a_keyring_that_was_never_made_cannot_be_made_without_a_person",
        Bus::Bare,
        async {
            let _keyring = locked_keyring();
            let vault = vault();
            for answer in [vault.ready().await, write(&vault, "1//new").await] {
                let fault = answer.expect_err("nobody chose a password");
                assert_eq!(fault.code, Code::VaultEmpty, "{fault:?}");
            }
            let fault = vault.read(&alice()).await.expect_err("nothing there");
            assert_eq!(
                fault.code,
                Code::VaultEmpty,
                "a vault to be made, not an account to be renewed"
            );
            vault.delete(&alice()).await.expect("nothing is there to delete");
            assert_eq!(vault.keys().await.expect("listed"), []);
        },
    );
}

#[test]
fn a_dismissed_question_is_said_and_the_item_kept() {
    run(
        "a_dismissed_question_is_said_and_the_item_kept",
        Bus::Bare,
        async {
            let vault = vault();
            let keyring = unlocked_keyring();
            write(&vault, "1//kept").await.expect("written");
            drop(keyring);
            // With nobody to ask for the password, the keyring answers as if it had been dismissed.
            let locked = locked_keyring();
            for answer in [vault.ready().await, write(&vault, "1//new").await] {
                assert_eq!(answer.expect_err("locked").code, Code::VaultDismissed);
            }
            let fault = vault.read(&alice()).await.expect_err("locked");
            assert_eq!(fault.code, Code::VaultLocked, "and nobody is asked again");
            drop(locked);
            let _again = unlocked_keyring();
            let kept = vault.read(&alice()).await.expect("kept");
            assert_eq!(kept.expose(), "1//kept");
        },
    );
}

#[test]
fn a_locked_keyring_that_nobody_unlocks_is_bounded() {
    run(
        "a_locked_keyring_that_nobody_unlocks_is_bounded",
        Bus::SilentPrompter,
        async {
            let vault = vault();
            let keyring = unlocked_keyring();
            write(&vault, "1//kept").await.expect("written");
            drop(keyring);
            let locked = locked_keyring();
            every_call_says(&vault, Code::VaultLocked).await;
            drop(locked);
            let _again = unlocked_keyring();
            let kept = eventually(&vault).await;
            assert_eq!(kept.expose(), "1//kept", "nothing that hung changed it");
        },
    );
}

/// Reads again and again until the vault is found again.
async fn eventually(vault: &OsVault) -> VaultText {
    let until = Instant::now() + Duration::from_secs(10);
    loop {
        match vault.read(&alice()).await {
            Ok(kept) => return kept,
            Err(fault) => assert!(Instant::now() < until, "still {fault:?}"),
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[test]
fn a_keyring_that_hangs_is_bounded_and_a_write_given_up_does_not_land() {
    run(
        "a_keyring_that_hangs_is_bounded_and_a_write_given_up_does_not_land",
        Bus::Bare,
        async {
            let vault = vault();
            let keyring = unlocked_keyring();
            vault.ready().await.expect("ready");
            keyring.signal("-STOP");
            let fault = write(&vault, "1//late").await.expect_err("silent");
            assert_eq!(fault.code, Code::VaultFailed, "{fault:?}");
            keyring.signal("-CONT");
            tokio::time::sleep(Duration::from_secs(1)).await;
            let fault = vault
                .read(&alice())
                .await
                .expect_err("the caller was told that it failed");
            assert_eq!(fault.code, Code::VaultItemMissing);
            write(&vault, "1//again").await.expect("works again");
        },
    );
}
