//! How often a person is asked to unlock the vault: seldom, and one question at a time.
#![cfg(target_os = "linux")]

mod vault_session;

use std::time::{Duration, Instant};

use evergrant_adapters::vault::{OsVault, Patience};
use evergrant_domain::Code;
use evergrant_engine::ports::Vault;
use vault_session::{
    Bus,
    item::{self, alice, keep},
    lock_running_keyring, locked_keyring,
    prompter::{Person, Prompter},
    run, sign_in_again, unlock_running_keyring, unlocked_keyring,
};

async fn reading(vault: &OsVault) -> Code {
    item::read(vault).await.expect_err("locked")
}

/// A vault whose questions stay open as long as the test goes on.
fn patient_vault() -> OsVault {
    let patience = Patience {
        ordinary: Duration::from_secs(2),
        person: Duration::from_secs(600),
    };
    OsVault::with_patience("evergrant", patience)
}

#[test]
fn after_a_no_nobody_is_asked_until_they_want_or_the_vault_was_open() {
    let name = "after_a_no_nobody_is_asked_until_they_want_or_the_vault_was_open";
    run(name, Bus::Bare, async {
        let prompter = Prompter::new(Person::Dismisses);
        let vault = OsVault::new("evergrant");
        let keyring = unlocked_keyring();
        keep(&vault, "1//kept").await;
        lock_running_keyring();

        assert_eq!(reading(&vault).await, Code::VaultDismissed);
        assert_eq!(prompter.shown(), 1);
        for _ in 0..5 {
            assert_eq!(reading(&vault).await, Code::VaultLocked);
        }
        assert_eq!(vault.keys().await.expect_err("locked").code, Code::VaultLocked);
        let deleted = vault.delete(&alice()).await;
        assert_eq!(deleted.expect_err("locked").code, Code::VaultLocked);
        assert_eq!(prompter.shown(), 1, "left alone");

        let ready = vault.ready().await;
        assert_eq!(ready.expect_err("a no again").code, Code::VaultDismissed);
        assert_eq!(prompter.shown(), 2, "a person pressed a button");
        assert_eq!(reading(&vault).await, Code::VaultLocked);
        assert_eq!(prompter.shown(), 2);

        sign_in_again();
        assert_eq!(vault.read(&alice()).await.expect("open").expose(), "1//kept");
        lock_running_keyring();
        assert_eq!(
            reading(&vault).await,
            Code::VaultDismissed,
            "it was open, so one more"
        );
        assert_eq!(prompter.shown(), 3);

        drop(keyring);
        let _another = locked_keyring();
        assert_eq!(
            reading(&vault).await,
            Code::VaultDismissed,
            "another vault, so one more"
        );
        assert_eq!(reading(&vault).await, Code::VaultLocked);
        assert_eq!(prompter.shown(), 4);
    });
}

#[test]
fn while_one_question_is_open_there_is_no_other() {
    run("while_one_question_is_open_there_is_no_other", Bus::Bare, async {
        let prompter = Prompter::new(Person::IsAway);
        let vault = patient_vault();
        let keyring = unlocked_keyring();
        keep(&vault, "1//kept").await;
        lock_running_keyring();

        let all = tokio::join!(reading(&vault), reading(&vault), reading(&vault), reading(&vault));
        assert_eq!(<[Code; 4]>::from(all), [Code::VaultLocked; 4]);
        for _ in 0..5 {
            let asked = Instant::now();
            assert_eq!(reading(&vault).await, Code::VaultLocked);
            assert!(asked.elapsed() < Duration::from_secs(1), "at once");
        }
        let soon = Duration::from_secs(2);
        let insists = tokio::time::timeout(soon, vault.ready()).await;
        assert!(insists.is_err(), "waits for the open question");
        assert_eq!(prompter.shown(), 1);

        drop(keyring);
        let _again = unlocked_keyring();
        let until = Instant::now() + Duration::from_secs(20);
        while vault.ready().await.is_err() {
            assert!(Instant::now() < until, "the open question ended with its vault");
        }
        assert_eq!(vault.read(&alice()).await.expect("open").expose(), "1//kept");
        assert_eq!(prompter.shown(), 1);
    });
}

#[test]
fn who_waits_for_an_open_question_goes_on_when_the_vault_is_unlocked() {
    let name = "who_waits_for_an_open_question_goes_on_when_the_vault_is_unlocked";
    run(name, Bus::Bare, async {
        let prompter = Prompter::new(Person::IsAway);
        let vault = OsVault::with_patience(
            "evergrant",
            Patience {
                ordinary: Duration::from_secs(2),
                person: Duration::from_secs(6),
            },
        );
        let _keyring = unlocked_keyring();
        keep(&vault, "1//kept").await;
        lock_running_keyring();
        assert_eq!(reading(&vault).await, Code::VaultLocked);
        unlock_running_keyring();
        assert_eq!(vault.read(&alice()).await.expect("open").expose(), "1//kept");
        vault.ready().await.expect("open, whatever question still stands");
        assert_eq!(prompter.shown(), 1);
    });
}

#[test]
fn a_vault_that_nobody_makes_is_still_to_be_made() {
    run(
        "a_vault_that_nobody_makes_is_still_to_be_made",
        Bus::Bare,
        async {
            let prompter = Prompter::new(Person::Dismisses);
            let _keyring = locked_keyring();
            let vault = OsVault::new("evergrant");
            assert_eq!(vault.ready().await.expect_err("no").code, Code::VaultEmpty);
            assert_eq!(prompter.shown(), 1, "a person was asked for a new password");
            assert_eq!(reading(&vault).await, Code::VaultEmpty);
            assert_eq!(prompter.shown(), 1, "reading makes nothing");
        },
    );
}
