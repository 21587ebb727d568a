use evergrant_domain::{
    Code, ScopeSet,
    consent::ask::Purpose,
    lifecycle::{Freshness, Standing},
    time::Seconds,
};

use super::stage::{Stage, id, token, whole};
use crate::event::{AttemptPurpose, Showing, Step};
use crate::fakes::Call;

#[tokio::test(start_paused = true)]
async fn reconnecting_names_the_address_and_replaces_the_token_without_a_revoke() {
    let mut stage = Stage::with("alice", "1//old").await;
    stage.house.provider.refresh.fail_next(Code::GrantEnded);
    let _ = stage.account("alice").lease(&whole(), Freshness::New).await;
    stage.reconnect("alice").await;
    stage.allow_as("alice", Some("1//new")).await;
    let hinted = Purpose::Renewing {
        login_hint: "alice@example.com".into(),
    };
    assert_eq!(stage.house.journal.consents(), [hinted]);
    assert_eq!(stage.kept("alice"), Some(token("1//new")));
    assert_eq!(stage.recorded("alice"), Some(Standing::Connected));
    assert_eq!(stage.trouble("alice"), None);
    assert_eq!(
        stage.house.provider.revoked(),
        [],
        "a revoke would end the new grant too"
    );
}

#[tokio::test(start_paused = true)]
async fn another_account_changes_nothing_and_its_grant_is_returned() {
    let mut stage = Stage::with("alice", "1//alice").await;
    let before = (stage.house.vault.items(), stage.house.ledger.all());
    stage.reconnect("alice").await;
    stage.allow_as("mallory", Some("1//mallory")).await;
    assert_eq!(stage.step(), Some(Step::Failed));
    let fault = stage
        .attempt()
        .and_then(|attempt| attempt.fault)
        .expect("a fault");
    assert_eq!(fault.code, Code::OtherAccountChosen);
    let who = fault.detail.expect("who it was");
    assert_eq!(who.as_str(), "mallory@example.com");
    assert_eq!((stage.house.vault.items(), stage.house.ledger.all()), before);
    assert_eq!(stage.house.provider.revoked(), [token("1//mallory")]);
}

#[tokio::test(start_paused = true)]
async fn another_account_that_is_connected_here_too_is_not_revoked() {
    let mut stage = Stage::with("alice", "1//alice").await;
    stage.connect_as("bob", Some("1//bob")).await;
    let before = stage.house.ledger.all();
    stage.reconnect("alice").await;
    stage.allow_as("bob", Some("1//bob-again")).await;
    assert_eq!(stage.attempt_fault(), Some(Code::OtherAccountChosen));
    assert_eq!(stage.house.ledger.all(), before);
    assert_eq!(stage.kept("bob"), Some(token("1//bob")));
    assert_eq!(
        stage.house.provider.revoked(),
        [],
        "it would end Bob's connection"
    );
}

#[tokio::test(start_paused = true)]
async fn a_refresh_that_ran_meanwhile_does_not_land() {
    let mut stage = Stage::with("alice", "1//old").await;
    stage.house.provider.refresh.hold();
    stage.house.provider.rotate_next("1//late");
    let account = stage.account("alice");
    let waiting = tokio::spawn(async move { account.lease(&whole(), Freshness::New).await });
    stage.settle().await;
    stage.reconnect("alice").await;
    stage.allow_as("alice", Some("1//new")).await;
    let served = waiting.await.expect("answered").expect("with the new lease");
    stage.house.provider.refresh.release();
    stage.settle().await;
    assert_eq!(
        stage.kept("alice"),
        Some(token("1//new")),
        "the late token belongs to the old grant"
    );
    let account = stage.account("alice");
    let kept = account.lease(&whole(), Freshness::AtLeast(Seconds(0))).await;
    assert_eq!(kept, Ok(served), "the late lease is not kept");
}

#[tokio::test(start_paused = true)]
async fn a_late_refusal_of_the_old_grant_does_not_stop_the_new_one() {
    let mut stage = Stage::with("alice", "1//old").await;
    stage.house.provider.refresh.hold();
    stage.house.provider.refresh.fail_next(Code::GrantEnded);
    let account = stage.account("alice");
    let waiting = tokio::spawn(async move { account.lease(&whole(), Freshness::New).await });
    stage.settle().await;
    stage.connect_as("alice", Some("1//new")).await;
    stage.house.provider.refresh.release();
    stage.settle().await;
    assert!(waiting.await.expect("answered").is_ok());
    assert_eq!(stage.recorded("alice"), Some(Standing::Connected));
}

#[tokio::test(start_paused = true)]
async fn all_that_was_ever_asked_is_asked_again_and_sign_in_always() {
    let stage = Stage::with("alice", "1//alice").await;
    stage.house.ledger.lose_all();
    let mut stage = stage.restart().await;
    let purpose = AttemptPurpose::AskingAgain;
    stage
        .engine
        .renew(&id("alice"), purpose, Showing::Browser)
        .await
        .expect("a consent begins");
    stage.settle().await;
    let asked = stage
        .house
        .journal
        .calls()
        .into_iter()
        .find_map(|call| match call {
            Call::ConsentLink(_, scopes) => Some(scopes),
            _ => None,
        });
    let sign_in = ScopeSet::parse("openid email profile");
    let missing = sign_in.missing_from(&asked.expect("a consent"));
    assert!(
        missing.is_empty(),
        "a row taken back from the vault knows no scopes: {missing:?}"
    );
}
