use std::time::Duration;

use evergrant_domain::{Client, ClientSecret, Code};

use super::stage::Stage;
use crate::event::Step;
use crate::fakes::{Call, FakeHouse, provider_id};

#[tokio::test(start_paused = true)]
async fn a_locked_vault_is_found_before_the_browser_opens() {
    let mut stage = Stage::open().await;
    stage.house.vault.ready.fail_always(Code::VaultLocked);
    stage.connect().await;
    assert_eq!(stage.step(), Some(Step::Failed));
    assert_eq!(stage.attempt_fault(), Some(Code::VaultLocked));
    assert_eq!(stage.house.journal.count(&Call::BrowserOpen), 0);
    assert_eq!(stage.house.journal.count(&Call::Listen), 0);
    stage.cancel().await;
    assert_eq!(stage.attempt(), None);
}

#[tokio::test(start_paused = true)]
async fn a_missing_client_is_found_before_anything_else_and_can_be_imported() {
    let house = FakeHouse {
        built_in: None,
        ..FakeHouse::default()
    };
    let mut stage = Stage::on(house).await;
    stage.connect().await;
    assert_eq!(stage.attempt_fault(), Some(Code::ClientMissing));
    assert_eq!(stage.house.journal.count(&Call::BrowserOpen), 0);

    let client = Client {
        id: "imported".into(),
        secret: Some(ClientSecret::new("GOCSPX-canary")),
    };
    let provider = provider_id();
    let kept = stage.engine.import_client(&provider, &client, Some("project"));
    kept.await.expect("kept");
    stage.connect_as("alice", Some("1//alice")).await;
    assert_eq!(stage.status("alice").row.client_id, "imported");
    let known = stage.engine.clients(&provider).await.expect("listed");
    assert_eq!(known.len(), 1);
    assert_eq!(known[0].client_id, "imported");
    assert_eq!(
        known[0].label(),
        "project",
        "as it is called until a person says otherwise"
    );
}

#[tokio::test(start_paused = true)]
async fn a_browser_that_will_not_open_keeps_waiting_and_the_link_can_be_copied() {
    let mut stage = Stage::open().await;
    stage.house.browser.open.fail_next(Code::BrowserUnavailable);
    stage.connect().await;
    assert_eq!(stage.step(), Some(Step::Waiting));
    assert_eq!(stage.attempt_fault(), Some(Code::BrowserUnavailable));
    let attempt = stage.engine.attempt().expect("an attempt");
    let link = attempt.link().await.expect("a link");

    attempt.open_again().await;
    stage.settle().await;
    assert_eq!(stage.attempt_fault(), None);
    assert_eq!(stage.house.browser.opened(), [link], "the same page");
    stage.allow_as("alice", Some("1//alice")).await;
    assert_eq!(stage.attempt(), None);
}

#[tokio::test(start_paused = true)]
async fn the_page_is_not_opened_again_once_it_answered() {
    let mut stage = Stage::open().await;
    stage.house.provider.exchange.hold();
    stage.connect_as("alice", Some("1//alice")).await;
    stage.engine.attempt().expect("an attempt").open_again().await;
    stage.settle().await;
    assert_eq!(
        stage.house.browser.opened().len(),
        1,
        "a further consent would use up a token"
    );
}

#[tokio::test(start_paused = true)]
async fn without_a_port_or_a_link_the_attempt_fails_and_says_so() {
    let mut stage = Stage::open().await;
    stage.house.redirects.listen.fail_next(Code::ListenerUnavailable);
    stage.connect().await;
    assert_eq!(stage.attempt_fault(), Some(Code::ListenerUnavailable));

    stage.house.provider.consent_link.fail_next(Code::Offline);
    stage.connect().await;
    assert_eq!(stage.attempt_fault(), Some(Code::Offline));
    assert_eq!(stage.house.redirects.open_ports(), 0);
    assert_eq!(stage.house.journal.count(&Call::BrowserOpen), 0);
}

#[tokio::test(start_paused = true)]
async fn nobody_answering_for_five_minutes_ends_it() {
    let mut stage = Stage::open().await;
    stage.connect().await;
    let deadline = stage.attempt().expect("an attempt").deadline;
    assert_eq!((deadline - stage.now().wall).0, 300);
    stage.wait(Duration::from_secs(299)).await;
    assert_eq!(stage.step(), Some(Step::Waiting));
    stage.wait(Duration::from_secs(2)).await;
    assert_eq!(stage.attempt_fault(), Some(Code::ConsentTimedOut));
    assert_eq!(stage.house.redirects.open_ports(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_new_attempt_ends_the_one_before() {
    let mut stage = Stage::open().await;
    stage.connect().await;
    stage.connect().await;
    assert_eq!(stage.house.redirects.open_ports(), 1);
    assert_eq!(stage.step(), Some(Step::Waiting), "the new one is shown");
    stage.allow_as("alice", Some("1//alice")).await;
    assert_eq!(stage.attempt(), None);
}

#[tokio::test(start_paused = true)]
async fn an_earlier_attempt_that_still_saves_does_not_hide_the_new_one() {
    let mut stage = Stage::open().await;
    stage.house.ledger.save.hold();
    stage.connect_as("alice", Some("1//alice")).await;
    stage.connect().await;
    stage.house.ledger.save.release();
    stage.settle().await;
    assert!(
        stage.engine.account(&super::stage::id("alice")).is_ok(),
        "it was saved all the same"
    );
    assert_eq!(stage.step(), Some(Step::Waiting), "the new one is still shown");
}
