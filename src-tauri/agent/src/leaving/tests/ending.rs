//! What is disconnected, and what the vault still holds, on the real engine over fakes.

use std::time::Duration;

use evergrant_domain::consent::AttemptId;
use evergrant_domain::lifecycle::{Reach, Standing};
use evergrant_domain::secret::VaultText;
use evergrant_domain::{ClientKey, Code, RefreshToken, ScopeSet};
use evergrant_engine::Engine;
use evergrant_engine::event::{Event, Showing};
use evergrant_engine::fakes::{FakeHouse, grant, provider_id};
use evergrant_engine::ports::{Clock, VaultKey};
use tokio::sync::mpsc;

use crate::leaving::ending::{self, Left};
use crate::leaving::erasing;

struct Stage {
    house: FakeHouse,
    engine: Engine,
    _events: mpsc::UnboundedReceiver<Event>,
}

async fn settle() {
    tokio::time::sleep(Duration::from_millis(1)).await;
}

impl Stage {
    /// With these accounts connected.
    async fn with(people: &[&str]) -> Self {
        let house = FakeHouse::default();
        let (engine, events) = Engine::start(house.world()).await.expect("started");
        for name in people {
            engine
                .connect(&provider_id(), ScopeSet::parse("openid"), Showing::Browser)
                .await
                .expect("a consent begins");
            settle().await;
            let token = format!("1//{name}");
            house
                .provider
                .grant_next(grant(name, Some(&token), house.clock.moment()));
            assert!(house.redirects.allow());
            settle().await;
        }
        assert_eq!(engine.accounts().len(), people.len());
        Self {
            house,
            engine,
            _events: events,
        }
    }

    fn is_revoked(&self, name: &str) -> bool {
        let token = RefreshToken::new(format!("1//{name}"));
        self.house.provider.revoked().contains(&token)
    }
}

#[tokio::test(start_paused = true)]
async fn every_account_goes_the_way_of_one() {
    let stage = Stage::with(&["alice", "bob", "carol"]).await;
    ending::disconnect_all(&stage.engine).await;
    settle().await;
    for name in ["alice", "bob", "carol"] {
        assert!(stage.is_revoked(name), "{name}");
    }
    assert!(stage.house.vault.items().is_empty() && stage.house.ledger.all().is_empty());
    assert_eq!(ending::end(&stage.engine).await, Ok(Left::default()));
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_revoked_now_stays_says_why_and_goes_on_by_itself() {
    let stage = Stage::with(&["alice", "bob"]).await;
    stage.house.provider.revoke.fail_always(Code::Offline);
    ending::disconnect_all(&stage.engine).await;
    settle().await;
    let left = ending::end(&stage.engine).await.expect("known");
    assert_eq!(left.accounts.len(), 2);
    for account in &left.accounts {
        assert_eq!(
            account.fault.as_ref().map(|fault| fault.code.as_str()),
            Some("offline"),
            "{account:?}"
        );
    }
    let standing =
        |row: &evergrant_engine::ports::Row| row.standing == Standing::Disconnecting(Reach::Everywhere);
    assert!(
        stage.house.ledger.all().iter().all(standing),
        "a restart would not know of it"
    );
    assert_eq!(stage.house.vault.items().len(), 2, "needed to revoke with");

    stage.house.provider.revoke.mend();
    tokio::time::sleep(Duration::from_secs(10)).await;
    assert_eq!(ending::end(&stage.engine).await, Ok(Left::default()));
    assert!(stage.is_revoked("alice") && stage.is_revoked("bob"));
}

#[tokio::test(start_paused = true)]
async fn a_consent_under_way_is_ended_first() {
    let stage = Stage::with(&["alice"]).await;
    stage
        .engine
        .connect(&provider_id(), ScopeSet::parse("openid"), Showing::Browser)
        .await
        .expect("a consent begins");
    settle().await;
    assert_eq!(stage.house.redirects.open_ports(), 1);
    ending::disconnect_all(&stage.engine).await;
    settle().await;
    assert_eq!(
        stage.house.redirects.open_ports(),
        0,
        "a late yes would connect anew"
    );
    assert!(stage.engine.accounts().is_empty());
}

#[tokio::test(start_paused = true)]
async fn whoever_was_removed_here_only_is_not_asked_twice() {
    let stage = Stage::with(&["alice"]).await;
    stage.house.vault.delete.fail_always(Code::VaultLocked);
    let alice = stage.engine.accounts().remove(0);
    alice.disconnect(Reach::ThisComputer).await.expect("pressed");
    settle().await;
    let left = ending::end(&stage.engine).await.expect("known");
    assert_eq!(left.accounts.len(), 1);
    settle().await;
    assert!(
        !stage.is_revoked("alice"),
        "a person wanted it to live on elsewhere"
    );
}

#[tokio::test(start_paused = true)]
async fn nothing_is_over_while_the_vault_holds_what_could_live() {
    let stage = Stage::with(&[]).await;
    let cut_short = VaultKey::Consent(AttemptId::parse(&"x".repeat(43)).expect("an id"));
    stage.house.vault.plant(
        VaultKey::Client(ClientKey::of(&provider_id(), "a-client")),
        VaultText::new("x"),
    );
    stage.house.vault.plant(cut_short.clone(), VaultText::new("x"));
    let left = ending::end(&stage.engine).await.expect("known");
    assert_eq!((left.accounts.len(), left.unfinished), (0, 1));
    stage.house.vault.lose(&cut_short);
    assert_eq!(
        ending::end(&stage.engine).await,
        Ok(Left::default()),
        "a client is no access"
    );
    stage.house.vault.list.fail_always(Code::VaultLocked);
    let fault = ending::end(&stage.engine).await.expect_err("not known");
    assert_eq!(fault.code, Code::VaultLocked);
    stage.house.vault.list.fail_always(Code::VaultAbsent);
    assert_eq!(ending::end(&stage.engine).await, Ok(Left::default()));
}

#[tokio::test]
async fn every_item_goes_or_it_is_said_why_not() {
    let house = FakeHouse::default();
    let plant = || {
        house.vault.plant(
            VaultKey::Client(ClientKey::of(&provider_id(), "a-client")),
            VaultText::new("x"),
        );
    };
    plant();
    house.vault.delete.fail_next(Code::VaultLocked);
    let fault = erasing::empty(&*house.vault, false).await.expect_err("locked");
    assert_eq!((fault.code, house.vault.items().len()), (Code::VaultLocked, 1));
    erasing::empty(&*house.vault, false).await.expect("emptied");
    assert!(house.vault.items().is_empty());
    house.vault.list.fail_always(Code::VaultAbsent);
    erasing::empty(&*house.vault, false).await.expect("there is none");
}

#[tokio::test]
async fn only_whoever_pressed_is_asked_to_unlock() {
    let house = FakeHouse::default();
    house.vault.plant(
        VaultKey::Client(ClientKey::of(&provider_id(), "a-client")),
        VaultText::new("x"),
    );
    let asked = || house.journal.count(&evergrant_engine::fakes::Call::VaultReady);
    house.vault.list.fail_next(Code::VaultLocked);
    erasing::empty(&*house.vault, false).await.expect_err("locked");
    assert_eq!(asked(), 0);
    house.vault.list.fail_next(Code::VaultLocked);
    erasing::empty(&*house.vault, true).await.expect("unlocked");
    assert!(asked() > 0 && house.vault.items().is_empty());
}
