use evergrant_domain::{Code, consent::ask::Purpose, lifecycle::Freshness};

use super::stage::{Stage, key, token, whole};
use crate::event::Step;
use crate::fakes::Call;

fn hinted(sub: &str) -> Purpose {
    Purpose::Renewing {
        login_hint: format!("{sub}@example.com"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_missing_refresh_token_is_asked_for_exactly_once_more() {
    for missing in [None, Some("")] {
        let mut stage = Stage::open().await;
        stage.connect_as("alice", missing).await;
        assert_eq!(stage.step(), Some(Step::Waiting));
        assert!(
            stage.attempt().expect("an attempt").asked_again,
            "the reason is said"
        );
        assert_eq!(
            stage.house.redirects.open_ports(),
            1,
            "the first listener is closed"
        );

        stage.allow_as("alice", missing).await;
        assert_eq!(stage.step(), Some(Step::Failed));
        assert_eq!(stage.attempt_fault(), Some(Code::NoLastingAccess));
        assert_eq!(stage.house.journal.consents(), [Purpose::Adding, hinted("alice")]);
        assert_eq!(stage.house.browser.opened().len(), 2);
        assert!(stage.house.vault.items().is_empty());
        assert_eq!(
            stage.house.ledger.all(),
            [],
            "never an account that dies in an hour"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn the_further_consent_mends_it() {
    let mut stage = Stage::open().await;
    stage.connect_as("alice", None).await;
    stage.allow_as("alice", Some("1//alice")).await;
    assert_eq!(stage.attempt(), None);
    assert_eq!(stage.kept("alice"), Some(token("1//alice")));
    assert_eq!(stage.house.journal.consents().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_working_account_keeps_its_token_byte_for_byte() {
    for absent in [None, Some("")] {
        let mut stage = Stage::with("alice", "1//kept").await;
        let before = stage.house.vault.items();
        stage.connect_as("alice", absent).await;
        assert_eq!(stage.attempt(), None, "saved without another consent");
        assert_eq!(stage.house.vault.items(), before);
        assert_eq!(stage.house.journal.count(&Call::VaultWrite(key("alice"))), 0);
        assert_eq!(stage.house.journal.consents().len(), 1);
        let account = stage.account("alice");
        account
            .lease(&whole(), Freshness::New)
            .await
            .expect("it still refreshes");
        assert_eq!(stage.house.provider.refreshed_with(), [token("1//kept")]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_dead_account_is_not_mended_without_a_refresh_token() {
    let mut stage = Stage::with("alice", "1//dead").await;
    stage.house.provider.refresh.fail_next(Code::GrantEnded);
    let _ = stage.account("alice").lease(&whole(), Freshness::New).await;
    stage.reconnect("alice").await;
    stage.allow_as("alice", None).await;
    assert!(stage.attempt().expect("an attempt").asked_again);
    assert_eq!(
        stage.kept("alice"),
        Some(token("1//dead")),
        "and nothing is erased"
    );
}

#[tokio::test(start_paused = true)]
async fn an_account_whose_item_was_lost_is_not_taken_for_a_working_one() {
    let mut stage = Stage::with("alice", "1//lost").await;
    stage.house.vault.lose(&key("alice"));
    let answer = stage.account("alice").lease(&whole(), Freshness::New).await;
    assert_eq!(
        answer.expect_err("nothing to refresh with").code,
        Code::VaultItemMissing
    );
    stage.reconnect("alice").await;
    stage.allow_as("alice", None).await;
    assert!(stage.attempt().expect("an attempt").asked_again);
}

#[tokio::test(start_paused = true)]
async fn an_item_lost_unnoticed_is_noticed_when_saving_without_a_token() {
    let mut stage = Stage::with("alice", "1//lost").await;
    stage.house.vault.lose(&key("alice"));
    stage.reconnect("alice").await;
    stage.allow_as("alice", None).await;
    assert_eq!(stage.step(), Some(Step::NotSaved));
    assert_eq!(stage.attempt_fault(), Some(Code::NoLastingAccess));
}
