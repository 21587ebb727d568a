use evergrant_domain::{Code, lifecycle::Freshness};

use super::stage::{Stage, key, token, whole};
use crate::fakes::Call;

#[tokio::test(start_paused = true)]
async fn the_new_token_is_in_the_vault_before_the_lease_is_answered() {
    let mut stage = Stage::with("alice", "1//old").await;
    stage.house.provider.rotate_next("1//new");
    stage.house.vault.write.hold();
    let account = stage.account("alice");
    let caller = tokio::spawn(async move { account.lease(&whole(), Freshness::New).await });
    stage.settle().await;
    assert!(!caller.is_finished(), "answered while the new token was nowhere");
    stage.house.vault.write.release();
    caller.await.expect("answered").expect("with a lease");
    assert_eq!(stage.kept("alice"), Some(token("1//new")));
    let calls = stage.house.journal.calls();
    let written = calls
        .iter()
        .position(|call| *call == Call::VaultWrite(key("alice")));
    let after = &calls[written.expect("written")..];
    assert_eq!(after[1], Call::VaultRead(key("alice")), "read back");
}

#[tokio::test(start_paused = true)]
async fn a_new_token_that_the_vault_refuses_is_used_next_and_then_stored() {
    let stage = Stage::with("alice", "1//old").await;
    stage.house.provider.rotate_next("1//new");
    stage.house.vault.write.fail_next(Code::VaultLocked);
    // The old item is put back after a failed write; that must not work either.
    stage.house.vault.write.fail_next(Code::VaultLocked);
    let account = stage.account("alice");
    let fault = account
        .lease(&whole(), Freshness::New)
        .await
        .expect_err("not safe yet");
    assert_eq!(fault.code, Code::VaultLocked);
    assert_eq!(stage.kept("alice"), Some(token("1//old")));

    account.lease(&whole(), Freshness::New).await.expect("a lease");
    assert_eq!(
        stage.house.provider.refreshed_with(),
        [token("1//old"), token("1//new")]
    );
    assert_eq!(stage.kept("alice"), Some(token("1//new")));
}

#[tokio::test(start_paused = true)]
async fn a_new_token_that_the_vault_refused_is_stored_at_the_latest_when_stopping() {
    let stage = Stage::with("alice", "1//old").await;
    stage.house.provider.rotate_next("1//new");
    stage.house.vault.write.fail_next(Code::VaultLocked);
    stage.house.vault.write.fail_next(Code::VaultLocked);
    let _ = stage.account("alice").lease(&whole(), Freshness::New).await;
    let stage = stage.restart().await;
    assert_eq!(
        stage.kept("alice"),
        Some(token("1//new")),
        "once received, never lost"
    );
}

#[tokio::test(start_paused = true)]
async fn a_vault_that_garbles_the_new_token_gets_another_chance() {
    let stage = Stage::with("alice", "1//old").await;
    stage.house.provider.rotate_next("1//new");
    stage.house.vault.unfaithful_next();
    let account = stage.account("alice");
    let fault = account
        .lease(&whole(), Freshness::New)
        .await
        .expect_err("not safe");
    assert_eq!(fault.code, Code::VaultUnfaithful);
    assert_eq!(stage.kept("alice"), Some(token("1//old")), "put back");
    account.lease(&whole(), Freshness::New).await.expect("a lease");
    assert_eq!(stage.kept("alice"), Some(token("1//new")));
}

#[tokio::test(start_paused = true)]
async fn the_token_before_is_kept_until_the_new_one_has_worked_once() {
    let stage = Stage::with("alice", "1//old").await;
    stage.house.provider.rotate_next("1//new");
    let account = stage.account("alice");
    account.lease(&whole(), Freshness::New).await.expect("a lease");
    assert_eq!(stage.kept_before("alice"), Some(token("1//old")));
    account.lease(&whole(), Freshness::New).await.expect("a lease");
    assert_eq!(stage.kept("alice"), Some(token("1//new")));
    assert_eq!(stage.kept_before("alice"), None, "the new one has worked");
}

#[tokio::test(start_paused = true)]
async fn a_reconnect_keeps_the_token_before_until_the_new_one_has_worked() {
    let mut stage = Stage::with("alice", "1//old").await;
    stage.reconnect("alice").await;
    stage.allow_as("alice", Some("1//new")).await;
    assert_eq!(stage.kept("alice"), Some(token("1//new")));
    assert_eq!(stage.kept_before("alice"), Some(token("1//old")));
    stage.house.provider.refresh.fail_next(Code::GrantUnknown);
    let account = stage.account("alice");
    account
        .lease(&whole(), Freshness::New)
        .await
        .expect("the one before still works");
    assert_eq!(
        stage.house.provider.refreshed_with(),
        [token("1//new"), token("1//old")]
    );
    assert_eq!(stage.kept("alice"), Some(token("1//old")));
    assert_eq!(stage.kept_before("alice"), None);
}

#[tokio::test(start_paused = true)]
async fn two_dead_tokens_are_one_dead_grant_and_neither_is_tried_twice() {
    let stage = Stage::with("alice", "1//old").await;
    stage.house.provider.rotate_next("1//new");
    let account = stage.account("alice");
    account.lease(&whole(), Freshness::New).await.expect("a lease");
    for _ in 0..2 {
        stage.house.provider.refresh.fail_next(Code::GrantEnded);
    }
    let fault = account.lease(&whole(), Freshness::New).await.expect_err("dead");
    assert_eq!(fault.code, Code::GrantEnded);
    assert_eq!(stage.house.provider.refreshed_with().len(), 3);
    assert_eq!(
        stage.kept("alice"),
        Some(token("1//new")),
        "and nothing is thrown away"
    );
    assert_eq!(stage.kept_before("alice"), Some(token("1//old")));
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_of_a_provider_that_rotates_is_said_plainly() {
    let stage = Stage::with("alice", "1//old").await;
    stage.house.provider.rotate_next("1//new");
    let account = stage.account("alice");
    account
        .lease(&whole(), Freshness::New)
        .await
        .expect("it is known to rotate now");
    account
        .lease(&whole(), Freshness::New)
        .await
        .expect("and settled");
    stage.house.provider.refresh.fail_next(Code::ProviderSilent);
    let fault = account
        .lease(&whole(), Freshness::New)
        .await
        .expect_err("no answer");
    assert_eq!(fault.code, Code::ProviderSilent);
    stage.house.provider.refresh.fail_next(Code::GrantUnknown);
    let fault = account
        .lease(&whole(), Freshness::New)
        .await
        .expect_err("tried once, with the old one");
    assert_eq!(fault.code, Code::RotationLost);
    assert_eq!(
        stage.house.provider.refreshed_with()[2..],
        [token("1//new"), token("1//new")]
    );
}

#[tokio::test(start_paused = true)]
async fn a_silence_of_a_provider_that_never_rotated_is_no_lost_rotation() {
    let stage = Stage::with("alice", "1//old").await;
    let account = stage.account("alice");
    for code in [Code::ProviderSilent, Code::GrantUnknown] {
        stage.house.provider.refresh.fail_next(code);
        let fault = account.lease(&whole(), Freshness::New).await.expect_err("fails");
        assert_eq!(fault.code, code);
    }
}
