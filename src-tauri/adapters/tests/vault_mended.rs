//! Whoever waits for the vault learns that it was unlocked or started, without asking it.
#![cfg(target_os = "linux")]

mod vault_session;

use std::{fs, time::Duration};

use evergrant_adapters::vault::OsVault;
use evergrant_domain::Code;
use evergrant_engine::ports::Vault;
use tokio::time::{sleep, timeout};
use vault_session::{
    Bus,
    item::{keep, read},
    lock_running_keyring, run, start_missing_bus, unlock_running_keyring, unlocked_keyring,
};
use zbus::blocking::{Connection, fdo::DBusProxy};

/// Generous: a slow machine is no failure.
const SOON: Duration = Duration::from_secs(30);
/// Long enough for whatever would be told wrongly.
const A_WHILE: Duration = Duration::from_secs(3);

/// Does `change` once somebody listens, who must hear of it.
async fn heard<T>(vault: &OsVault, change: impl AsyncFnOnce() -> T) -> T {
    let listening = timeout(SOON, vault.mended());
    let changing = async {
        sleep(Duration::from_millis(500)).await;
        change().await
    };
    let (heard, changed) = tokio::join!(listening, changing);
    heard.expect("told that the vault may work again");
    changed
}

#[test]
fn an_unlocked_vault_is_told_and_read() {
    run("an_unlocked_vault_is_told_and_read", Bus::Bare, async {
        let _keyring = unlocked_keyring();
        let vault = OsVault::new("evergrant");
        keep(&vault, "1//kept").await;
        lock_running_keyring();
        assert_eq!(read(&vault).await, Err(Code::VaultDismissed), "nobody to ask");
        assert_eq!(read(&vault).await, Err(Code::VaultLocked));
        heard(&vault, async || unlock_running_keyring()).await;
        assert_eq!(read(&vault).await.as_deref(), Ok("1//kept"));
    });
}

#[test]
fn what_happened_before_anybody_listened_is_told_once() {
    run(
        "what_happened_before_anybody_listened_is_told_once",
        Bus::Bare,
        async {
            let _keyring = unlocked_keyring();
            let vault = OsVault::new("evergrant");
            keep(&vault, "1//kept").await;
            lock_running_keyring();
            assert!(read(&vault).await.is_err());
            unlock_running_keyring();
            timeout(SOON, vault.mended()).await.expect("told");
            assert!(timeout(A_WHILE, vault.mended()).await.is_err(), "and not again");
        },
    );
}

#[test]
fn a_vault_that_works_or_is_locked_says_nothing() {
    run("a_vault_that_works_or_is_locked_says_nothing", Bus::Bare, async {
        let _keyring = unlocked_keyring();
        let vault = OsVault::new("evergrant");
        let busy = async {
            for words in ["1//a", "1//b", "1//c"] {
                keep(&vault, words).await;
                assert_eq!(read(&vault).await.as_deref(), Ok(words));
            }
            lock_running_keyring();
            assert!(read(&vault).await.is_err());
            sleep(A_WHILE).await;
        };
        tokio::select! {
            () = vault.mended() => panic!("nothing was mended"),
            () = busy => {}
        }
    });
}

#[test]
fn a_vault_killed_in_the_middle_is_told_when_it_runs_again() {
    let name = "a_vault_killed_in_the_middle_is_told_when_it_runs_again";
    run(name, Bus::Bare, async {
        let keyring = unlocked_keyring();
        let vault = OsVault::new("evergrant");
        keep(&vault, "1//kept").await;
        keyring.signal("-KILL");
        drop(keyring);
        assert_eq!(read(&vault).await, Err(Code::VaultAbsent));
        let _again = heard(&vault, async || unlocked_keyring()).await;
        assert_eq!(read(&vault).await.as_deref(), Ok("1//kept"));
    });
}

#[test]
fn a_bus_that_comes_goes_and_comes_back_is_told() {
    run("a_bus_that_comes_goes_and_comes_back_is_told", Bus::Gone, async {
        let vault = OsVault::new("evergrant");
        assert_eq!(read(&vault).await, Err(Code::VaultUnreachable));
        let bus = heard(&vault, async || start_missing_bus()).await;
        assert_eq!(read(&vault).await, Err(Code::VaultAbsent));
        let keyring = heard(&vault, async || unlocked_keyring()).await;
        keep(&vault, "1//kept").await;

        let _bus = heard(&vault, async || {
            drop(bus);
            drop(keyring);
            sleep(Duration::from_secs(1)).await;
            assert_eq!(read(&vault).await, Err(Code::VaultUnreachable));
            start_missing_bus()
        })
        .await;
        let _keyring = unlocked_keyring();
        assert_eq!(read(&vault).await.as_deref(), Ok("1//kept"));
    });
}

#[test]
fn who_stops_listening_leaves_nothing_behind() {
    run("who_stops_listening_leaves_nothing_behind", Bus::Bare, async {
        let _keyring = unlocked_keyring();
        let vault = OsVault::new("evergrant");
        keep(&vault, "1//kept").await;
        let bus = Connection::session().expect("a bus");
        let names = DBusProxy::new(&bus).expect("the bus");
        let connections = || names.list_names().expect("listed").len();
        let threads = || fs::read_dir("/proc/self/task").expect("listed").count();
        let before = (connections(), threads());
        for _ in 0..20 {
            let stopped = timeout(Duration::from_millis(100), vault.mended()).await;
            assert!(stopped.is_err(), "nothing happened");
        }
        sleep(Duration::from_secs(1)).await;
        let after = (connections(), threads());
        assert_eq!(after.0, before.0, "connections");
        assert!(
            after.1 <= before.1 + 3,
            "threads: {before:?} before, {after:?} after"
        );
    });
}
