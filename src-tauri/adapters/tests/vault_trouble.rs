//! The vault when it is absent, locked, dismissed or silent: a bounded fault, and nothing lost.
#![cfg(target_os = "linux")]

mod vault_session;

use std::time::{Duration, Instant};

use evergrant_adapters::vault::{OsVault, Patience};
use evergrant_domain::{AccountId, Code, Fault, secret::VaultText};
use evergrant_engine::ports::{Vault, VaultKey};
use vault_session::{Bus, locked_keyring, run, unlocked_keyring};

fn alice() -> VaultKey {
    let id = AccountId::parse("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    VaultKey::Account(id.expect("an id"))
}

/// A vault that waits no longer than a test may.
fn vault() -> OsVault {
    let patience = Patience {
        ordinary: Duration::from_secs(1),
        person: Duration::from_secs(2),
    };
    OsVault::with_patience("evergrant", patience)
}

async fn write(vault: &OsVault, words: &str) -> Result<(), Fault> {
    vault
        .write(&alice(), "Evergrant: alice", &VaultText::new(words))
        .await
}

/// Every operation answers with this fault, within the time it has.
async fn every_call_says(vault: &OsVault, code: Code) {
    let asked = Instant::now();
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
    assert!(
        asked.elapsed() < Duration::from_secs(10),
        "bounded: {:?}",
        asked.elapsed()
    );
}

#[test]
fn without_a_session_bus_there_is_no_vault() {
    run("without_a_session_bus_there_is_no_vault", Bus::None, async {
        every_call_says(&vault(), Code::VaultAbsent).await;
    });
}

#[test]
fn a_bus_address_that_leads_nowhere_is_no_vault() {
    run("a_bus_address_that_leads_nowhere_is_no_vault", Bus::Gone, async {
        every_call_says(&vault(), Code::VaultAbsent).await;
    });
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
                assert_eq!(fault.code, Code::VaultDismissed, "{fault:?}");
            }
            let fault = vault.read(&alice()).await.expect_err("nothing there");
            assert_eq!(fault.code, Code::VaultItemMissing);
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
            every_call_says(&vault, Code::VaultDismissed).await;
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

#[test]
fn four_calls_that_hang_are_enough_and_let_go_when_the_keyring_restarts() {
    let name = "four_calls_that_hang_are_enough_and_let_go_when_the_keyring_restarts";
    run(name, Bus::SilentPrompter, async {
        let patience = Patience {
            ordinary: Duration::from_secs(2),
            person: Duration::from_secs(600),
        };
        let vault = OsVault::with_patience("evergrant", patience);
        let keyring = unlocked_keyring();
        write(&vault, "1//kept").await.expect("written");
        drop(keyring);
        let locked = locked_keyring();
        let key = alice();
        let read = || vault.read(&key);
        let (a, b, c, d) = tokio::join!(read(), read(), read(), read());
        for answer in [a, b, c, d] {
            assert_eq!(answer.expect_err("locked").code, Code::VaultLocked);
        }
        let asked = Instant::now();
        assert_eq!(read().await.expect_err("locked").code, Code::VaultLocked);
        assert!(asked.elapsed() < Duration::from_millis(300), "no fifth: at once");
        drop(locked);
        let _again = unlocked_keyring();
        assert_eq!(eventually(&vault).await.expose(), "1//kept");
    });
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
