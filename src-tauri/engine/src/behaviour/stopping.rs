use std::time::Duration;

use evergrant_domain::{
    Code,
    lifecycle::{Freshness, Reach, Standing},
    time::Seconds,
};
use tokio::time::Instant;

use super::stage::{Stage, id, token, whole};
use crate::fakes::Call;

/// Stops the engine while `after` a moment something is let go.
async fn stop_and(stage: &Stage, let_go: impl FnOnce()) {
    let later = async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        let_go();
    };
    tokio::join!(stage.engine.stop(), later);
}

async fn refresh_in_flight(stage: &mut Stage) -> tokio::task::JoinHandle<Option<Code>> {
    stage.house.provider.refresh.hold();
    let account = stage.account("alice");
    let caller = async move {
        account
            .lease(&whole(), Freshness::New)
            .await
            .err()
            .map(|fault| fault.code)
    };
    let caller = tokio::spawn(caller);
    stage.settle().await;
    caller
}

#[tokio::test(start_paused = true)]
async fn a_rotated_token_in_flight_is_still_stored() {
    let mut stage = Stage::with("alice", "1//old").await;
    stage.house.provider.rotate_next("1//new");
    let caller = refresh_in_flight(&mut stage).await;
    let account = stage.account("alice");
    stop_and(&stage, || {
        let kept = account.kept(&whole(), stage.now(), Seconds(0));
        assert_eq!(kept, None, "nothing is handed out while it drains");
        stage.house.provider.refresh.release();
    })
    .await;
    assert_eq!(
        stage.kept("alice"),
        Some(token("1//new")),
        "once received, never lost"
    );
    assert_eq!(
        caller.await.expect("answered"),
        Some(Code::Stopping),
        "nothing is handed out while stopping"
    );
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_hangs_does_not_keep_it_from_stopping() {
    let mut stage = Stage::with("alice", "1//old").await;
    let caller = refresh_in_flight(&mut stage).await;
    let begun = Instant::now();
    stage.engine.stop().await;
    assert!(begun.elapsed() <= Duration::from_secs(6), "{:?}", begun.elapsed());
    assert_eq!(caller.await.expect("answered"), Some(Code::Stopping));
    assert_eq!(stage.kept("alice"), Some(token("1//old")));
}

#[tokio::test(start_paused = true)]
async fn with_nothing_under_way_it_stops_at_once() {
    let mut stage = Stage::with("alice", "1//alice").await;
    stage.house.provider.revoke.fail_always(Code::Offline);
    stage
        .account("alice")
        .disconnect(Reach::Everywhere)
        .await
        .expect("pressed");
    stage.settle().await;
    stage.connect().await;
    let begun = Instant::now();
    stage.engine.stop().await;
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
    assert_eq!(stage.house.redirects.open_ports(), 0);
    let remembered = Some(Standing::Disconnecting(Reach::Everywhere));
    assert_eq!(stage.recorded("alice"), remembered);
}

#[tokio::test(start_paused = true)]
async fn a_late_grant_of_nobody_is_still_returned() {
    let mut stage = Stage::open().await;
    stage.house.provider.exchange.hold();
    stage.connect_as("alice", Some("1//late")).await;
    stop_and(&stage, || stage.house.provider.exchange.release()).await;
    assert_eq!(stage.house.provider.revoked(), [token("1//late")]);
}

#[tokio::test(start_paused = true)]
async fn a_late_grant_of_an_account_kept_here_is_not_revoked() {
    let mut stage = Stage::with("alice", "1//kept").await;
    stage.house.provider.exchange.hold();
    stage.reconnect("alice").await;
    stage.allow_as("alice", Some("1//late")).await;
    stop_and(&stage, || stage.house.provider.exchange.release()).await;
    assert_eq!(
        stage.house.provider.revoked(),
        [],
        "its worker has stopped; the account has not ended"
    );
    assert_eq!(stage.kept("alice"), Some(token("1//kept")));
}

#[tokio::test(start_paused = true)]
async fn nothing_new_begins_afterwards() {
    let stage = Stage::with("alice", "1//alice").await;
    let account = stage.account("alice");
    stage.engine.stop().await;
    let fault = account
        .lease(&whole(), Freshness::New)
        .await
        .expect_err("closing");
    assert_eq!(fault.code, Code::Stopping);
    let fault = stage.engine.account(&id("alice")).err().expect("closing");
    assert_eq!(fault.code, Code::Stopping);
    assert_eq!(stage.house.journal.count(&Call::Refresh), 0);
}
