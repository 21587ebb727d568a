use evergrant_domain::{
    Code,
    lifecycle::{Freshness, Standing},
    time::Seconds,
};

use super::stage::{Stage, key, token, whole};
use crate::event::{Activity, Event, Outcome};
use crate::fakes::Call;

const ANY: Freshness = Freshness::AtLeast(Seconds(0));

#[tokio::test(start_paused = true)]
async fn a_hundred_callers_share_one_refresh_and_are_all_answered() {
    let mut stage = Stage::with("alice", "1//alice").await;
    stage.let_leases_end();
    stage.house.provider.refresh.hold();
    let mut callers = tokio::task::JoinSet::new();
    for _ in 0..100 {
        let account = stage.account("alice");
        callers.spawn(async move { account.lease(&whole(), ANY).await });
    }
    stage.settle().await;
    stage.house.provider.refresh.release();
    let answers = callers.join_all().await;
    assert_eq!(answers.len(), 100);
    assert!(
        answers
            .iter()
            .all(|answer| answer.is_ok() && *answer == answers[0])
    );
    assert_eq!(
        stage.house.journal.count(&Call::Refresh),
        1,
        "one refresh for all"
    );
}

#[tokio::test(start_paused = true)]
async fn a_kept_lease_serves_until_it_is_too_old() {
    let stage = Stage::with("alice", "1//alice").await;
    let account = stage.account("alice");
    account
        .lease(&whole(), ANY)
        .await
        .expect("the lease of the consent");
    assert_eq!(stage.house.journal.count(&Call::Refresh), 0);
    stage.house.clock.advance(Seconds(3_500));
    account.lease(&whole(), ANY).await.expect("a new one");
    assert_eq!(stage.house.journal.count(&Call::Refresh), 1);
}

#[tokio::test(start_paused = true)]
async fn a_dead_grant_needs_a_reconnect_and_its_token_stays() {
    let stage = Stage::with("alice", "1//dead").await;
    stage.house.provider.refresh.fail_next(Code::GrantEnded);
    let account = stage.account("alice");
    let fault = account.lease(&whole(), Freshness::New).await.expect_err("dead");
    assert_eq!(fault.code, Code::GrantEnded);
    let dead = Some(Standing::NeedsReconnect(Code::GrantEnded));
    assert_eq!(stage.recorded("alice"), dead);
    assert_eq!(stage.kept("alice"), Some(token("1//dead")));

    let again = account.lease(&whole(), ANY).await.expect_err("still dead");
    assert_eq!(again.code, Code::GrantEnded);
    assert_eq!(
        stage.house.journal.count(&Call::Refresh),
        1,
        "a dead grant is not asked again"
    );
    let stage = stage.restart().await;
    assert_eq!(stage.recorded("alice"), dead, "remembered");
}

#[tokio::test(start_paused = true)]
async fn an_expired_sign_in_is_no_dead_grant() {
    let stage = Stage::with("alice", "1//alice").await;
    stage.house.provider.refresh.fail_next(Code::SignInExpired);
    let account = stage.account("alice");
    let fault = account
        .lease(&whole(), Freshness::New)
        .await
        .expect_err("expired");
    assert_eq!(fault.code, Code::SignInExpired);
    assert_eq!(stage.recorded("alice"), Some(Standing::NeedsSignIn));
    assert_eq!(stage.kept("alice"), Some(token("1//alice")));
    account
        .lease(&whole(), Freshness::New)
        .await
        .expect("signed in elsewhere meanwhile");
    assert_eq!(stage.recorded("alice"), Some(Standing::Connected));
}

#[tokio::test(start_paused = true)]
async fn no_answer_to_a_refresh_ever_deletes_and_only_a_dead_grant_stops() {
    for code in Code::ALL.iter().copied() {
        let stage = Stage::with("alice", "1//alice").await;
        let items = stage.house.vault.items();
        stage.house.provider.refresh.fail_next(code);
        let fault = stage
            .account("alice")
            .lease(&whole(), Freshness::New)
            .await
            .expect_err("it fails");
        assert_eq!(fault.code, code);
        assert_eq!(stage.house.vault.items(), items, "{code:?} touched the vault");
        assert_eq!(
            stage.house.journal.count(&Call::VaultDelete(key("alice"))),
            0,
            "{code:?}"
        );
        assert_eq!(stage.house.provider.revoked(), [], "{code:?} revoked");
        let expected = match code {
            Code::SignInExpired => Standing::NeedsSignIn,
            ended if ended.ends_grant() => Standing::NeedsReconnect(ended),
            _ => Standing::Connected,
        };
        assert_eq!(stage.recorded("alice"), Some(expected), "{code:?}");
        assert_eq!(stage.status("alice").standing, expected, "{code:?}");
        assert_eq!(stage.trouble("alice"), Some(code));
    }
}

#[tokio::test(start_paused = true)]
async fn a_lost_network_leaves_the_account_connected_with_its_trouble_until_it_is_back() {
    for passing in [Code::ProviderBusy, Code::Offline] {
        let stage = Stage::with("alice", "1//alice").await;
        stage.let_leases_end();
        stage.house.provider.refresh.fail_next(passing);
        let account = stage.account("alice");
        assert_eq!(
            account.lease(&whole(), ANY).await.expect_err("not now").code,
            passing
        );
        assert_eq!(stage.trouble("alice"), Some(passing));
        let fault = account.lease(&whole(), ANY).await.expect_err("it was just asked");
        assert_eq!((fault.code, fault.retry_after), (passing, Some(Seconds(4))));
        assert_eq!(stage.house.journal.count(&Call::Refresh), 1, "asked once");
        stage.house.clock.advance(Seconds(4));
        account.lease(&whole(), ANY).await.expect("back again");
        assert_eq!(stage.trouble("alice"), None);
    }
}

#[tokio::test(start_paused = true)]
async fn a_refresh_of_another_client_is_not_even_sent() {
    let mut stage = Stage::with("alice", "1//alice").await;
    if let Some(client) = &mut stage.house.built_in {
        client.id = "another".into();
    }
    let stage = stage.restart().await;
    let fault = stage
        .account("alice")
        .lease(&whole(), ANY)
        .await
        .expect_err("refused");
    assert_eq!(fault.code, Code::ClientMismatch);
    assert_eq!(stage.house.journal.count(&Call::Refresh), 0);
    assert_eq!(stage.kept("alice"), Some(token("1//alice")));
}

#[tokio::test(start_paused = true)]
async fn the_refresh_button_shows_its_work_and_cannot_be_pressed_twice() {
    let mut stage = Stage::with("alice", "1//alice").await;
    stage.house.provider.refresh.hold();
    let account = stage.account("alice");
    // Twice before the first press is even seen, and once after.
    account.refresh().await.expect("pressed");
    let _ = account.refresh().await;
    stage.settle().await;
    assert_eq!(stage.status("alice").busy, Some(Activity::Refreshing));
    let fault = account.refresh().await.expect_err("at work");
    assert_eq!(fault.code, Code::AlreadyAtWork);
    stage.house.provider.refresh.release();
    stage.settle().await;
    assert_eq!(stage.house.journal.count(&Call::Refresh), 1);
    let status = stage.status("alice");
    assert_eq!(status.busy, None);
    assert!(matches!(status.outcome, Some(Outcome::Refreshed { .. })));
}

#[tokio::test(start_paused = true)]
async fn a_ledger_that_cannot_be_written_withholds_no_lease() {
    let mut stage = Stage::with("alice", "1//alice").await;
    stage.house.ledger.save.fail_always(Code::DiskFull);
    stage
        .account("alice")
        .lease(&whole(), Freshness::New)
        .await
        .expect("the grant is fine");
    stage.settle().await;
    let full = |event: &Event| matches!(event, Event::Trouble(fault) if fault.code == Code::DiskFull);
    assert!(stage.seen(full) > 0, "and the person is told");
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_names_no_scopes_leaves_them_as_they_were() {
    let mut stage = Stage::with("alice", "1//alice").await;
    let granted = stage.status("alice").row.granted;
    assert!(!granted.is_empty());
    stage.house.provider.open_with("");
    let lease = stage
        .account("alice")
        .lease(&whole(), Freshness::New)
        .await
        .expect("a lease");
    assert_eq!(lease.scopes, granted, "the caller is told what the lease opens");
    stage.settle().await;
    assert_eq!(stage.status("alice").row.granted, granted);
}
