//! Each way in which a vault fails is told apart, on real buses and a real GNOME keyring.
#![cfg(target_os = "linux")]

mod vault_session;

use std::{
    collections::HashMap,
    env, fs,
    path::PathBuf,
    time::{Duration, Instant},
};

use evergrant_adapters::vault::{OsVault, Patience};
use evergrant_domain::Code;
use evergrant_engine::ports::Vault;
use secret_service::{EncryptionType, blocking::SecretService};
use vault_session::{
    Bus,
    impostor::Impostor,
    item::{alice, every_call_says, read, write},
    locked_keyring, run, unlocked_keyring,
};

/// A vault that waits no longer than a test may.
fn vault() -> OsVault {
    let patience = Patience {
        ordinary: Duration::from_secs(2),
        person: Duration::from_secs(3),
    };
    OsVault::with_patience("evergrant", patience)
}

/// Reads again and again until the vault is found again.
async fn eventually(vault: &OsVault) -> String {
    let until = Instant::now() + Duration::from_secs(30);
    loop {
        match read(vault).await {
            Ok(kept) => return kept,
            Err(code) => assert!(Instant::now() < until, "still {code:?}"),
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[test]
fn a_vault_that_cannot_be_started_is_absent() {
    run("a_vault_that_cannot_be_started_is_absent", Bus::Failing, async {
        every_call_says(&vault(), Code::VaultAbsent).await;
    });
}

#[test]
fn a_bus_that_lets_nobody_speak_to_the_vault_denies() {
    let name = "a_bus_that_lets_nobody_speak_to_the_vault_denies";
    run(name, Bus::Denying, async {
        let _vault_behind_the_rule = Impostor::silent();
        every_call_says(&vault(), Code::VaultDenied).await;
    });
}

#[test]
fn what_a_vault_answers_is_told_apart() {
    run("what_a_vault_answers_is_told_apart", Bus::Bare, async {
        for (error, code) in [
            ("org.freedesktop.DBus.Error.AccessDenied", Code::VaultDenied),
            ("org.freedesktop.DBus.Error.LimitsExceeded", Code::VaultTooSmall),
            ("org.freedesktop.Secret.Error.IsLocked", Code::VaultLocked),
            ("org.freedesktop.DBus.Error.UnknownMethod", Code::VaultFailed),
            ("com.example.Whatever", Code::VaultFailed),
        ] {
            let _impostor = Impostor::saying(error);
            every_call_says(&vault(), code).await;
        }
        every_call_says(&vault(), Code::VaultAbsent).await;
    });
}

#[test]
fn what_is_too_large_is_refused_and_what_stood_stands() {
    let name = "what_is_too_large_is_refused_and_what_stood_stands";
    run(name, Bus::Bare, async {
        let _keyring = unlocked_keyring();
        let vault = OsVault::new("evergrant");
        let largest = "a".repeat(256 * 1024);
        write(&vault, &largest).await.expect("as large as can be");
        assert!(read(&vault).await.as_ref() == Ok(&largest), "comes back the same");
        let fault = write(&vault, &"b".repeat(256 * 1024 + 1)).await;
        assert_eq!(fault.expect_err("one too many").code, Code::VaultTooSmall);
        assert!(read(&vault).await.as_ref() == Ok(&largest), "what stood stands");
    });
}

#[test]
fn a_bus_that_hangs_up_on_a_large_item_is_found_again() {
    let name = "a_bus_that_hangs_up_on_a_large_item_is_found_again";
    run(name, Bus::Narrow, async {
        let _keyring = unlocked_keyring();
        let vault = vault();
        write(&vault, "1//kept").await.expect("written");
        let fault = write(&vault, &"b".repeat(100_000)).await.expect_err("too large");
        assert_eq!(fault.code, Code::VaultUnreachable, "{fault:?}");
        assert_eq!(eventually(&vault).await, "1//kept");
    });
}

#[test]
fn an_item_that_another_program_deleted_is_missing() {
    run(
        "an_item_that_another_program_deleted_is_missing",
        Bus::Bare,
        async {
            let _keyring = unlocked_keyring();
            let vault = vault();
            write(&vault, "1//kept").await.expect("written");
            let service = SecretService::connect(EncryptionType::Plain).expect("connected");
            let found = service.search_items(HashMap::from([("service", "evergrant")]));
            for item in found.expect("searched").unlocked {
                item.delete().expect("deleted");
            }
            assert_eq!(read(&vault).await, Err(Code::VaultItemMissing));
            write(&vault, "1//again").await.expect("written");
            assert_eq!(read(&vault).await.as_deref(), Ok("1//again"));
        },
    );
}

#[test]
fn items_of_a_foreign_shape_are_neither_listed_nor_touched() {
    let name = "items_of_a_foreign_shape_are_neither_listed_nor_touched";
    run(name, Bus::Bare, async {
        let _keyring = unlocked_keyring();
        let vault = vault();
        let service = SecretService::connect(EncryptionType::Dh).expect("connected");
        let collection = service.get_default_collection().expect("there");
        for foreign in [
            HashMap::from([("service", "evergrant")]),
            HashMap::from([("service", "evergrant"), ("username", "account:nobody")]),
            HashMap::from([("service", "evergrant"), ("username", "alice@example.com")]),
            HashMap::from([("service", "another"), ("username", "account:x")]),
        ] {
            let made = collection.create_item("foreign", foreign, b"theirs", false, "text/plain");
            made.expect("made");
        }
        assert_eq!(vault.keys().await.expect("listed"), []);
        assert_eq!(read(&vault).await, Err(Code::VaultItemMissing));
        write(&vault, "1//ours").await.expect("written");
        assert_eq!(vault.keys().await.expect("listed"), [alice()]);
        vault.delete(&alice()).await.expect("deleted");
        let all = service.search_items(HashMap::new()).expect("searched");
        let foreign = all
            .unlocked
            .iter()
            .filter(|item| item.get_secret().is_ok_and(|it| it == b"theirs"));
        assert_eq!(foreign.count(), 4, "all of theirs are still there");
    });
}

fn keyring_file() -> PathBuf {
    let data = PathBuf::from(env::var_os("XDG_DATA_HOME").expect("set"));
    data.join("keyrings/login.keyring")
}

#[test]
fn a_damaged_keyring_is_never_taken_for_a_missing_account() {
    let name = "a_damaged_keyring_is_never_taken_for_a_missing_account";
    run(name, Bus::Bare, async {
        let keyring = unlocked_keyring();
        let vault = vault();
        write(&vault, "1//kept").await.expect("written");
        drop(keyring);
        let whole = fs::read(keyring_file()).expect("the keyring's file");
        let mut changed = whole.clone();
        let last = changed.len() - 20;
        changed[last] ^= 0xff;
        // What was changed no longer opens; what was cut short is no keyring at all.
        for (damaged, code) in [
            (&changed[..], Code::VaultDismissed),
            (&whole[..whole.len() / 2], Code::VaultEmpty),
            (b"", Code::VaultEmpty),
        ] {
            fs::write(keyring_file(), damaged).expect("damaged");
            let _keyring = locked_keyring();
            assert_eq!(read(&vault).await, Err(code), "{} bytes", damaged.len());
        }
        fs::write(keyring_file(), &whole).expect("restored");
        let _keyring = unlocked_keyring();
        assert_eq!(eventually(&vault).await, "1//kept");
    });
}

#[test]
fn a_vault_that_never_answers_is_bounded_and_found_again_when_it_is_replaced() {
    let name = "a_vault_that_never_answers_is_bounded_and_found_again_when_it_is_replaced";
    run(name, Bus::Bare, async {
        let keyring = unlocked_keyring();
        let vault = vault();
        write(&vault, "1//kept").await.expect("written");
        drop(keyring);

        let deaf = Impostor::silent();
        let asked = Instant::now();
        every_call_says(&vault, Code::VaultFailed).await;
        assert!(
            asked.elapsed() < Duration::from_secs(20),
            "bounded: {:?}",
            asked.elapsed()
        );
        // It lives on, as a program that hangs does, and is still deaf to what it was asked.
        deaf.give_way();
        let _keyring = unlocked_keyring();
        assert_eq!(eventually(&vault).await, "1//kept");
    });
}

#[test]
fn a_vault_that_never_answers_is_found_again_when_it_ends() {
    let name = "a_vault_that_never_answers_is_found_again_when_it_ends";
    run(name, Bus::Bare, async {
        let keyring = unlocked_keyring();
        // Not a bound of time ends what hangs here, but the end of the other program.
        let patience = Patience {
            ordinary: Duration::from_secs(1),
            person: Duration::from_secs(600),
        };
        let vault = OsVault::with_patience("evergrant", patience);
        write(&vault, "1//kept").await.expect("written");
        drop(keyring);
        let deaf = Impostor::silent();
        for _ in 0..6 {
            assert_eq!(read(&vault).await, Err(Code::VaultFailed));
        }
        drop(deaf);
        let _keyring = unlocked_keyring();
        assert_eq!(eventually(&vault).await, "1//kept");
    });
}
