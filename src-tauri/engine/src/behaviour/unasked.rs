//! What is done although nobody asked: renewing ahead, keeping alive, going on when something is back.

use std::time::Duration;

use evergrant_domain::{
    Code, Fault, Timestamp,
    lifecycle::{Freshness, Reach, Standing},
    time::Seconds,
};

use super::stage::{Stage, whole};
use crate::fakes::Call;
use crate::ports::{Connection, Happening};

const ANY: Freshness = Freshness::AtLeast(Seconds(0));
const DAY: i64 = 24 * 60 * 60;

fn refreshes(stage: &Stage) -> usize {
    stage.house.journal.count(&Call::Refresh)
}

/// Time goes by for every clock alike.
async fn pass(stage: &mut Stage, seconds: i64) {
    const STEP: i64 = 5;
    for _ in 0..seconds / STEP {
        stage.house.clock.advance(Seconds(STEP));
        stage.wait(Duration::from_secs(5)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_lease_in_use_is_renewed_before_its_end_and_one_that_nobody_uses_is_not() {
    let mut stage = Stage::with("alice", "1//alice").await;
    stage.connect_as("bob", Some("1//bob")).await;
    stage.account("alice").lease(&whole(), ANY).await.expect("kept");
    pass(&mut stage, 3_599 - 225).await;
    assert_eq!(refreshes(&stage), 1, "alice's, and not bob's");
    let kept = stage.account("alice").kept(&whole(), stage.now(), Seconds(600));
    assert!(kept.is_some(), "whoever asks waits for nothing");
}

#[tokio::test(start_paused = true)]
async fn what_nobody_uses_is_kept_alive_once_a_month() {
    let mut stage = Stage::with("alice", "1//alice").await;
    for _ in 0..27 {
        stage.house.clock.advance(Seconds(DAY));
        stage.wait(Duration::from_secs(90)).await;
    }
    assert_eq!(refreshes(&stage), 0);
    for _ in 0..4 {
        stage.house.clock.advance(Seconds(DAY));
        // Each jump looks like a sleep, after which accounts take turns for a minute.
        pass(&mut stage, 90).await;
    }
    assert_eq!(refreshes(&stage), 1);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_done_unasked_while_offline_or_while_it_costs_money() {
    for connection in [Connection::Offline, Connection::Metered] {
        let mut stage = Stage::with("alice", "1//alice").await;
        stage.house.network.become_now(connection);
        stage.house.clock.advance(Seconds(40 * DAY));
        pass(&mut stage, 180).await;
        assert_eq!(refreshes(&stage), 0, "{connection:?}");
        stage.house.network.become_now(Connection::Online);
        pass(&mut stage, 90).await;
        assert_eq!(refreshes(&stage), 1, "{connection:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_failed_is_tried_again_by_itself_with_growing_pauses() {
    let mut stage = Stage::with("alice", "1//alice").await;
    stage.let_leases_end();
    stage.house.provider.refresh.fail_always(Code::ProviderDown);
    let _ = stage.account("alice").lease(&whole(), ANY).await;
    pass(&mut stage, 3_600).await;
    let tried = refreshes(&stage);
    assert!((8..=16).contains(&tried), "{tried} times in an hour");
    stage.house.provider.refresh.mend();
    pass(&mut stage, 960).await;
    assert_eq!(stage.trouble("alice"), None, "mended by itself");
}

#[tokio::test(start_paused = true)]
async fn nobody_is_asked_before_the_time_that_the_provider_named() {
    let mut stage = Stage::with("alice", "1//alice").await;
    stage.let_leases_end();
    let busy = Fault::from(Code::ProviderBusy).with_retry_after(Seconds(600));
    stage.house.provider.refresh.fail_next(busy);
    let account = stage.account("alice");
    let _ = account.lease(&whole(), ANY).await;
    pass(&mut stage, 585).await;
    let fault = account.lease(&whole(), ANY).await.expect_err("too early");
    assert_eq!(fault.retry_after, Some(Seconds(15)));
    assert_eq!(refreshes(&stage), 1);
    pass(&mut stage, 45).await;
    assert_eq!(refreshes(&stage), 2);
}

#[tokio::test(start_paused = true)]
async fn a_network_that_is_back_ends_the_wait_at_once() {
    let mut stage = Stage::with("alice", "1//alice").await;
    stage.let_leases_end();
    pass(&mut stage, 90).await;
    for _ in 0..8 {
        stage.house.provider.refresh.fail_next(Code::Offline);
        let _ = stage.account("alice").lease(&whole(), Freshness::New).await;
    }
    let before = refreshes(&stage);
    pass(&mut stage, 60).await;
    assert_eq!(refreshes(&stage), before, "it waits for minutes by now");
    stage.house.network.become_now(Connection::Online);
    pass(&mut stage, 15).await;
    assert_eq!(stage.trouble("alice"), None);
}

#[tokio::test(start_paused = true)]
async fn what_is_still_valid_is_handed_out_while_offline() {
    let mut stage = Stage::with("alice", "1//alice").await;
    stage.house.provider.refresh.fail_always(Code::Offline);
    let account = stage.account("alice");
    stage.house.clock.advance(Seconds(3_599 - 100));
    stage.settle().await;
    let lease = account
        .lease(&whole(), ANY)
        .await
        .expect("good for 100 seconds more");
    assert_eq!(stage.now().until(lease.ends), Seconds(100));
    let longer = Freshness::AtLeast(Seconds(120));
    let fault = account.lease(&whole(), longer).await.expect_err("not that long");
    assert_eq!(fault.code, Code::Offline);
    stage.house.clock.advance(Seconds(101));
    let fault = account.lease(&whole(), ANY).await.expect_err("over");
    assert_eq!(fault.code, Code::Offline);
}

#[tokio::test(start_paused = true)]
async fn a_locked_vault_is_waited_for_and_work_goes_on_once_it_is_open() {
    let mut stage = Stage::with("alice", "1//alice").await;
    let items = stage.house.vault.items();
    stage.let_leases_end();
    stage.house.vault.read.fail_always(Code::VaultLocked);
    let fault = stage
        .account("alice")
        .lease(&whole(), ANY)
        .await
        .expect_err("locked");
    assert_eq!(fault.code, Code::VaultLocked);
    assert_eq!(
        stage.status("alice").standing,
        Standing::Connected,
        "never 'no account'"
    );
    pass(&mut stage, 600).await;
    assert_eq!(refreshes(&stage), 0);
    assert_eq!(stage.house.vault.items(), items, "nothing is deleted");

    stage.house.vault.read.mend();
    stage.house.vault.tell_mended();
    pass(&mut stage, 15).await;
    assert_eq!((stage.trouble("alice"), refreshes(&stage)), (None, 1));
}

#[tokio::test(start_paused = true)]
async fn a_vault_that_was_locked_at_the_start_gives_its_accounts_once_it_is_open() {
    let mut stage = Stage::with("alice", "1//alice").await;
    stage.house.ledger.lose_all();
    stage.house.vault.list.fail_always(Code::VaultLocked);
    let mut stage = {
        stage.settle().await;
        stage.restart().await
    };
    assert_eq!(stage.engine.accounts().len(), 0);
    stage.house.vault.list.mend();
    stage.house.vault.tell_mended();
    stage.settle().await;
    assert_eq!(stage.recorded("alice"), Some(Standing::Connected));
}

#[tokio::test(start_paused = true)]
async fn a_disconnect_that_waits_goes_on_as_soon_as_the_network_is_back() {
    let mut stage = Stage::with("alice", "1//alice").await;
    stage.house.provider.revoke.fail_always(Code::Offline);
    stage
        .account("alice")
        .disconnect(Reach::Everywhere)
        .await
        .expect("pressed");
    stage.wait(Duration::from_secs(900)).await;
    let tried = stage.house.journal.count(&Call::Revoke);
    stage.house.provider.revoke.mend();
    stage.house.network.become_now(Connection::Online);
    stage.settle().await;
    assert_eq!(stage.house.journal.count(&Call::Revoke), tried + 1);
    assert_eq!(stage.recorded("alice"), None);
}

#[tokio::test(start_paused = true)]
async fn a_thousand_accounts_take_turns_after_a_sleep() {
    const MANY: usize = 200;
    let mut stage = Stage::open().await;
    for number in 0..MANY {
        stage.connect_as(&format!("p{number}"), Some("1//p")).await;
    }
    for number in 0..MANY {
        let account = stage.account(&format!("p{number}"));
        account.lease(&whole(), ANY).await.expect("in use");
    }
    stage.house.journal.clear();
    // An hour in which the computer slept.
    stage.house.clock.advance(Seconds(3_600));
    let mut seen = vec![];
    for _ in 0..6 {
        pass(&mut stage, 15).await;
        seen.push(refreshes(&stage));
    }
    assert!(seen[0] < MANY / 2, "all at once: {seen:?}");
    assert_eq!(seen[5], MANY, "{seen:?}");
}

#[tokio::test(start_paused = true)]
async fn a_clock_set_by_years_costs_a_refresh_and_no_account() {
    for wall in [Timestamp(1_000), Timestamp(4_000_000_000)] {
        let mut stage = Stage::with("alice", "1//alice").await;
        stage.house.clock.set(wall);
        pass(&mut stage, 120).await;
        let account = stage.account("alice");
        account.lease(&whole(), ANY).await.expect("a lease");
        assert_eq!(stage.status("alice").standing, Standing::Connected);
        stage.house.clock.advance(Seconds(3_600));
        let lease = account.lease(&whole(), ANY).await.expect("a new one");
        assert!(
            stage.now().until(lease.ends) > Seconds(3_000),
            "an hour is an hour"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn what_happens_to_an_account_is_in_its_history_and_goes_with_it() {
    use crate::ports::History as _;
    let mut stage = Stage::with("alice", "1//alice").await;
    let id = super::stage::id("alice");
    let account = stage.account("alice");
    account.lease(&whole(), Freshness::New).await.expect("a lease");
    account.lease(&whole(), Freshness::New).await.expect("a lease");
    for code in [Code::Offline, Code::GrantEnded] {
        stage.house.provider.refresh.fail_next(code);
        account.lease(&whole(), Freshness::New).await.expect_err("fails");
    }
    stage.reconnect("alice").await;
    stage.allow_as("alice", Some("1//new")).await;
    let lines = stage.house.history.lines(&id, 100).await.expect("kept");
    let what: Vec<_> = lines
        .iter()
        .rev()
        .map(|line| (line.what.clone(), line.times))
        .collect();
    assert_eq!(
        what,
        [
            (Happening::Connected, 1),
            (Happening::Refreshed, 2),
            (Happening::Failed(Code::Offline), 1),
            (Happening::Stopped(Code::GrantEnded), 1),
            (Happening::Reconnected, 1),
        ]
    );
    stage
        .account("alice")
        .disconnect(Reach::Everywhere)
        .await
        .expect("pressed");
    stage.settle().await;
    assert_eq!(stage.house.history.lines(&id, 100).await.expect("asked"), []);
}
