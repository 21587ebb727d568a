//! The one client that earlier versions kept for a provider becomes one among several, and nobody notices.

use evergrant_domain::{Client, ClientSecret, Code, lifecycle::Freshness, secret::VaultText};

use super::stage::{Stage, client_key, whole};
use crate::event::Event;
use crate::fakes::{Call, FakeHouse, provider_id};
use crate::kept::encode_client;
use crate::ports::VaultKey;

/// What an earlier version left: the only client in its earlier place, and an account of it.
async fn of_before() -> FakeHouse {
    let house = FakeHouse {
        built_in: None,
        ..FakeHouse::default()
    };
    let mut stage = Stage::on(house).await;
    stage.import("1-only", "GOCSPX-only").await.expect("imported");
    stage.connect_as("alice", Some("1//alice")).await;
    stage.engine.stop().await;
    let Stage { house, .. } = stage;
    house.vault.lose(&own());
    house.vault.plant(earlier(), text("GOCSPX-only"));
    house
}

fn earlier() -> VaultKey {
    VaultKey::OnlyClient(provider_id())
}

fn own() -> VaultKey {
    VaultKey::Client(client_key("1-only"))
}

fn text(secret: &str) -> VaultText {
    encode_client(&Client {
        id: "1-only".into(),
        secret: Some(ClientSecret::new(secret)),
    })
}

/// What stands in its own place.
fn kept(stage: &Stage) -> Option<VaultText> {
    stage.house.vault.items().get(&own()).cloned()
}

async fn works(stage: &Stage) {
    let lease = stage.account("alice").lease(&whole(), Freshness::New).await;
    lease.expect("alive");
}

#[tokio::test(start_paused = true)]
async fn the_only_client_of_before_is_taken_over_and_nobody_notices() {
    let house = of_before().await;
    let rows = house.ledger.all();
    let stage = Stage::on(house).await;
    assert_eq!(kept(&stage), Some(text("GOCSPX-only")));
    assert!(!stage.house.vault.items().contains_key(&earlier()));
    assert_eq!(stage.house.ledger.all(), rows, "no row has changed");
    assert_eq!(stage.seen(|event| matches!(event, Event::Trouble(_))), 0);
    assert_eq!(
        stage.seen(|event| matches!(event, Event::Clients)),
        1,
        "the list is drawn anew"
    );
    works(&stage).await;
    let items = stage.house.vault.items();
    let stage = stage.restart().await;
    assert_eq!(stage.house.vault.items(), items, "once is enough");
    assert_eq!(stage.seen(|event| matches!(event, Event::Clients)), 0);
}

#[tokio::test(start_paused = true)]
async fn killed_at_any_point_of_it_nothing_is_lost() {
    let hold: [fn(&FakeHouse); 4] = [
        |house| house.vault.list.hold(),
        |house| house.vault.write.hold(),
        |house| house.ledger.clients.hold(),
        |house| house.vault.delete.hold(),
    ];
    for (point, hold) in hold.into_iter().enumerate() {
        let house = of_before().await;
        hold(&house);
        let stage = Stage::on(house).await;
        works(&stage).await;
        let items = stage.house.vault.items();
        assert!(
            items.contains_key(&earlier()),
            "removed too early, at point {point}"
        );
        let Stage { house, engine, .. } = stage;
        drop(engine);
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        house.vault.list.release();
        house.vault.write.release();
        house.vault.delete.release();
        house.ledger.clients.release();
        let stage = Stage::on(house).await;
        assert_eq!(kept(&stage), Some(text("GOCSPX-only")), "at point {point}");
        assert!(
            !stage.house.vault.items().contains_key(&earlier()),
            "at point {point}"
        );
        works(&stage).await;
    }
}

/// Its copy that does not come back the same is none.
#[tokio::test(start_paused = true)]
async fn a_vault_that_does_not_take_the_copy_keeps_the_original() {
    let house = of_before().await;
    house.vault.write.fail_always(Code::VaultFailed);
    let mut stage = Stage::on(house).await;
    assert!(stage.house.vault.items().contains_key(&earlier()));
    works(&stage).await;
    stage.house.vault.write.mend();
    stage.house.vault.tell_mended();
    stage.wait(std::time::Duration::from_secs(30)).await;
    assert!(!stage.house.vault.items().contains_key(&earlier()));
    assert_eq!(kept(&stage), Some(text("GOCSPX-only")));
}

#[tokio::test(start_paused = true)]
async fn what_was_imported_again_meanwhile_is_newer_than_what_is_taken_over() {
    let house = of_before().await;
    house.vault.plant(own(), text("GOCSPX-renewed"));
    let stage = Stage::on(house).await;
    assert_eq!(kept(&stage), Some(text("GOCSPX-renewed")));
    assert!(!stage.house.vault.items().contains_key(&earlier()));
}

#[tokio::test(start_paused = true)]
async fn what_waits_to_be_taken_over_serves_no_account_of_another_client() {
    let house = of_before().await;
    let other = Client {
        id: "2-other".into(),
        secret: Some(ClientSecret::new("GOCSPX-other")),
    };
    house.vault.plant(earlier(), encode_client(&other));
    house.vault.list.hold();
    let stage = Stage::on(house).await;
    let lease = stage.account("alice").lease(&whole(), Freshness::New).await;
    assert_eq!(lease.expect_err("refused").code, Code::ClientMissing);
    assert_eq!(stage.house.journal.count(&Call::Refresh), 0, "not even sent");
}

#[tokio::test(start_paused = true)]
async fn what_is_no_whole_client_stays_where_it_is() {
    let house = of_before().await;
    house
        .vault
        .plant(earlier(), VaultText::new("evergrant-client=1\nclient"));
    let stage = Stage::on(house).await;
    let items = stage.house.vault.items();
    assert!(items.contains_key(&earlier()) && !items.contains_key(&own()));
}

#[tokio::test(start_paused = true)]
async fn a_lost_ledger_knows_its_clients_again() {
    for held_back in [false, true] {
        let house = of_before().await;
        house.ledger.lose_all();
        if held_back {
            house.vault.list.fail_next(Code::VaultLocked);
        }
        let mut stage = Stage::on(house).await;
        // Whoever connects at once does not wait for it to be looked through.
        stage.connect().await;
        assert_eq!(stage.attempt_fault(), None);
        stage.allow_as("bob", Some("1//bob")).await;
        assert_eq!(stage.status("bob").row.client_id, "1-only");
        let clients = stage.engine.clients(&provider_id()).await.expect("listed");
        let labels: Vec<&str> = clients.iter().map(crate::ports::ClientRow::label).collect();
        assert_eq!(labels, ["1"], "its project is not known any more");
    }
}
