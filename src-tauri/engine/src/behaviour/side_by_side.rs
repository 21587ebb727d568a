//! Several clients of one provider, and accounts that each keep to their own.

use evergrant_domain::{
    Client, ClientSecret, Code, lifecycle::Freshness, lifecycle::Reach, secret::VaultText, time::Seconds,
};

use super::stage::{Stage, client_key, id, key, token, whole};
use crate::clients::Which;
use crate::event::{AttemptPurpose, Showing, Step};
use crate::fakes::{Call, FakeHouse, provider_id};
use crate::kept::encode_client;
use crate::ports::VaultKey;

/// With two clients, and an account of each: Alice's private one, and Bob's at work.
async fn two() -> Stage {
    let mut stage = nothing().await;
    stage
        .import("1-private", "GOCSPX-private")
        .await
        .expect("imported");
    stage.connect_as("alice", Some("1//alice")).await;
    stage.import("2-work", "GOCSPX-work").await.expect("imported");
    stage.connect_as("bob", Some("1//bob")).await;
    // Which one was used last follows from the clock.
    stage.house.clock.advance(Seconds(1));
    stage.forget_what_was();
    stage
}

async fn nothing() -> Stage {
    let house = FakeHouse {
        built_in: None,
        ..FakeHouse::default()
    };
    Stage::on(house).await
}

impl Stage {
    fn client_of(&self, sub: &str) -> String {
        self.status(sub).row.client_id
    }

    async fn labels(&self) -> Vec<String> {
        let clients = self.engine.clients(&provider_id()).await.expect("listed");
        clients.iter().map(|client| client.label().to_owned()).collect()
    }

    async fn reconnect_with(&mut self, sub: &str, client: &str) {
        let (id, client) = (id(sub), Which::This(client_key(client)));
        let purpose = AttemptPurpose::Reconnecting;
        let begun = self.engine.renew_with(&id, client, purpose, Showing::Browser);
        begun.await.expect("a consent begins");
        self.settle().await;
    }

    async fn refreshed(&self, sub: &str) -> Result<(), Code> {
        let lease = self.account(sub).lease(&whole(), Freshness::New).await;
        lease.map(drop).map_err(|fault| fault.code)
    }

    /// The clients that did this, in order.
    fn who(&self, call: &Call) -> Vec<String> {
        let asked = self.house.provider.asked_by().into_iter();
        asked
            .filter(|(made, _)| made == call)
            .map(|(_, client)| client)
            .collect()
    }

    fn kept_client(&self, id: &str) -> Option<VaultText> {
        let items = self.house.vault.items();
        items.get(&VaultKey::Client(client_key(id))).cloned()
    }
}

#[tokio::test(start_paused = true)]
async fn each_account_is_refreshed_and_revoked_by_the_client_that_it_was_connected_with() {
    let mut stage = two().await.restart().await;
    for (sub, client) in [("alice", "1-private"), ("bob", "2-work")] {
        assert_eq!(stage.client_of(sub), client);
        stage.refreshed(sub).await.expect("refreshed");
    }
    assert_eq!(stage.who(&Call::Exchange), ["1-private", "2-work"]);
    assert_eq!(stage.who(&Call::Refresh), ["1-private", "2-work"]);
    let alice = stage.account("alice");
    alice.disconnect(Reach::Everywhere).await.expect("begun");
    stage.settle().await;
    assert_eq!(stage.who(&Call::Revoke), ["1-private"]);
    stage.refreshed("bob").await.expect("the other one goes on");
}

#[tokio::test(start_paused = true)]
async fn a_new_account_takes_the_client_used_last_unless_another_is_chosen() {
    let mut stage = two().await;
    assert_eq!(stage.labels().await, ["2", "1"], "the last used first");
    stage.connect_with(Which::This(client_key("1-private"))).await;
    let shown = stage.attempt().expect("an attempt");
    assert_eq!(shown.client_id.as_deref(), Some("1-private"));
    stage.allow_as("chioma", Some("1//chioma")).await;
    assert_eq!(stage.client_of("chioma"), "1-private");
    assert_eq!(stage.labels().await, ["1", "2"]);
    stage.connect_as("dora", Some("1//dora")).await;
    assert_eq!(stage.client_of("dora"), "1-private");
    stage.connect_with(Which::This(client_key("3-unheard-of"))).await;
    assert_eq!(stage.attempt_fault(), Some(Code::ClientMissing));
}

#[tokio::test(start_paused = true)]
async fn the_same_client_again_takes_its_own_place_and_keeps_its_name() {
    let mut stage = two().await;
    let private = client_key("1-private");
    stage
        .engine
        .rename_client(&private, " Private\n ")
        .await
        .expect("renamed");
    stage
        .import("1-private", "GOCSPX-renewed")
        .await
        .expect("imported");
    assert_eq!(
        stage.labels().await,
        ["Private", "2"],
        "imported last, called as before"
    );
    let renewed = Client {
        id: "1-private".into(),
        secret: Some(ClientSecret::new("GOCSPX-renewed")),
    };
    assert_eq!(stage.kept_client("1-private"), Some(encode_client(&renewed)));
    stage.refreshed("alice").await.expect("refreshed");
    stage.engine.rename_client(&private, "  ").await.expect("renamed");
    assert_eq!(
        stage.labels().await,
        ["1", "2"],
        "without a name it is called by its number"
    );
}

#[tokio::test(start_paused = true)]
async fn a_reconnect_asks_the_accounts_own_client_whichever_was_used_since() {
    let mut stage = two().await;
    stage.house.provider.refresh.fail_next(Code::GrantEnded);
    assert_eq!(stage.refreshed("alice").await, Err(Code::GrantEnded));
    stage.reconnect("alice").await;
    stage.allow_as("alice", Some("1//alice-again")).await;
    assert_eq!(stage.client_of("alice"), "1-private");
    assert_eq!(
        stage.who(&Call::Exchange).last().map(String::as_str),
        Some("1-private")
    );
}

#[tokio::test(start_paused = true)]
async fn where_its_client_is_gone_no_other_refreshes_and_a_reconnect_mends_it() {
    let mut stage = two().await;
    stage.house.vault.lose(&VaultKey::Client(client_key("1-private")));
    assert_eq!(stage.refreshed("alice").await, Err(Code::ClientMismatch));
    assert_eq!(stage.house.journal.count(&Call::Refresh), 0, "not even sent");
    assert_eq!(stage.kept("alice"), Some(token("1//alice")));
    stage.reconnect("alice").await;
    stage.allow_as("alice", Some("1//alice-again")).await;
    assert_eq!(stage.client_of("alice"), "2-work");
    stage.refreshed("alice").await.expect("refreshed");
    assert_eq!(stage.who(&Call::Refresh), ["2-work"]);
}

#[tokio::test(start_paused = true)]
async fn an_account_moves_to_another_client_where_a_person_says_so() {
    let mut stage = two().await;
    stage.reconnect_with("alice", "2-work").await;
    stage.allow_as("alice", Some("1//at-work")).await;
    assert_eq!(stage.client_of("alice"), "2-work");
    assert_eq!(stage.status("alice").row.consents, 1, "counted anew");
    assert_eq!(
        stage.kept_before("alice"),
        None,
        "a token of another client is none of its"
    );
    stage.refreshed("alice").await.expect("refreshed");
    assert_eq!(stage.who(&Call::Refresh), ["2-work"]);
}

/// The vault has the new grant, and the power went before the ledger had its row.
#[tokio::test(start_paused = true)]
async fn a_ledger_that_is_a_step_behind_the_vault_lets_no_other_client_refresh() {
    let mut stage = two().await;
    stage.house.ledger.save.hold();
    stage.reconnect_with("alice", "2-work").await;
    stage.allow_as("alice", Some("1//at-work")).await;
    let mut stage = stage.lose_power().await;
    assert_eq!(stage.client_of("alice"), "1-private", "the row is of before");
    stage.house.provider.rotate_next("1//rotated");
    stage.refreshed("alice").await.expect("refreshed");
    assert_eq!(stage.who(&Call::Refresh), ["2-work"]);
    assert_eq!(stage.client_of("alice"), "2-work", "and is put right");
    assert_eq!(stage.kept("alice"), Some(token("1//rotated")));
    stage.settle().await;
    let mut stage = stage.restart().await;
    stage.refreshed("alice").await.expect("refreshed");
    stage.settle().await;
    assert_eq!(stage.who(&Call::Refresh), ["2-work", "2-work"]);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_accounts_use_is_not_removed_and_they_are_named() {
    let mut stage = two().await;
    stage.connect_with(Which::This(client_key("1-private"))).await;
    stage.allow_as("chioma", Some("1//chioma")).await;
    let items = stage.house.vault.items();
    let fault = stage.engine.remove_client(&client_key("1-private")).await;
    let fault = fault.expect_err("in use");
    assert_eq!(fault.code, Code::ClientInUse);
    let named = fault.detail.expect("who uses it");
    for email in ["alice@example.com", "chioma@example.com"] {
        assert!(named.as_str().contains(email), "{named:?}");
    }
    assert!(!named.as_str().contains("bob"), "{named:?}");
    assert_eq!(stage.house.vault.items(), items);
    assert_eq!(stage.labels().await.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn an_account_that_only_the_vault_knows_keeps_its_client_too() {
    let stage = two().await;
    let row = stage.house.ledger.row(&id("alice")).expect("a row");
    let lost = crate::ports::Ledger::remove(&*stage.house.ledger, &row.id);
    lost.await.expect("lost");
    let fault = stage.engine.remove_client(&client_key("1-private")).await;
    assert_eq!(fault.expect_err("in use").code, Code::ClientInUse);
    assert!(stage.house.vault.items().contains_key(&key("alice")));
}

#[tokio::test(start_paused = true)]
async fn a_client_whose_consent_is_under_way_is_not_removed() {
    let mut stage = nothing().await;
    stage
        .import("1-private", "GOCSPX-private")
        .await
        .expect("imported");
    stage.connect().await;
    assert_eq!(stage.step(), Some(Step::Waiting));
    let fault = stage.engine.remove_client(&client_key("1-private")).await;
    assert_eq!(fault.expect_err("in use").code, Code::ClientInUse);
    stage.allow_as("alice", Some("1//alice")).await;
    stage.refreshed("alice").await.expect("its client is there");
}

/// The answer of the exchange never came: whether a grant lives at the provider shows with this client alone.
#[tokio::test(start_paused = true)]
async fn a_client_that_an_unfinished_consent_needs_is_not_removed() {
    let mut stage = nothing().await;
    stage
        .import("1-private", "GOCSPX-private")
        .await
        .expect("imported");
    stage.house.provider.exchange.fail_next(Code::AnswerLost);
    stage.connect_as("alice", Some("1//alice")).await;
    stage.cancel().await;
    let fault = stage.engine.remove_client(&client_key("1-private")).await;
    assert_eq!(fault.expect_err("in use").code, Code::ClientInUse);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_nobody_uses_is_removed_and_does_not_come_back() {
    let mut stage = two().await;
    stage.import("3-spare", "GOCSPX-spare").await.expect("imported");
    stage.house.vault.delete.fail_next(Code::VaultLocked);
    let spare = client_key("3-spare");
    let fault = stage.engine.remove_client(&spare).await.expect_err("locked");
    assert_eq!(fault.code, Code::VaultLocked);
    assert_eq!(stage.labels().await.len(), 3, "it is seen that it is still there");
    for _ in 0..2 {
        stage
            .engine
            .remove_client(&spare)
            .await
            .expect("removed, or there is none");
    }
    assert_eq!(stage.kept_client("3-spare"), None);
    let mut stage = stage.restart().await;
    assert_eq!(stage.labels().await, ["2", "1"]);
    stage.connect_with(Which::This(spare)).await;
    assert_eq!(stage.attempt_fault(), Some(Code::ClientMissing));
}
