//! Leases read without asking the worker.

use evergrant_domain::{
    Code, Lease, ScopeSet,
    lifecycle::{Freshness, Reach},
    time::Seconds,
};

use super::stage::{Stage, whole};
use crate::fakes::Call;

fn mail() -> ScopeSet {
    ScopeSet::parse("https://mail.example/read")
}

fn kept(stage: &Stage, scopes: &ScopeSet) -> Option<Lease> {
    stage.account("alice").kept(scopes, stage.now(), Seconds(0))
}

#[tokio::test(start_paused = true)]
async fn what_was_leased_is_there_for_as_long_as_it_serves() {
    let stage = Stage::with("alice", "1//alice").await;
    let account = stage.account("alice");
    assert!(kept(&stage, &whole()).is_some(), "the lease of the consent");
    assert_eq!(kept(&stage, &mail()), None, "a broader one is not handed out");
    let lease = account.lease(&mail(), Freshness::New).await.expect("a lease");
    assert_eq!(kept(&stage, &mail()), Some(lease));
    assert_eq!(account.kept(&mail(), stage.now(), Seconds(7_200)), None);
    stage.let_leases_end();
    assert_eq!(kept(&stage, &mail()), None);
    assert_eq!(stage.house.journal.count(&Call::Refresh), 1);
}

#[tokio::test(start_paused = true)]
async fn a_good_lease_is_there_while_a_refresh_hangs() {
    let mut stage = Stage::with("alice", "1//alice").await;
    stage.house.provider.refresh.hold();
    stage.account("alice").refresh().await.expect("pressed");
    stage.settle().await;
    assert_eq!(stage.house.journal.count(&Call::Refresh), 1, "in flight");
    let lease = kept(&stage, &whole()).expect("still good");
    let any = Freshness::AtLeast(Seconds(0));
    let asked = stage.account("alice").lease(&whole(), any).await;
    assert_eq!(asked, Ok(lease), "who asks the worker need not wait either");
    stage.house.provider.refresh.release();
    stage.settle().await;
    assert_ne!(kept(&stage, &whole()), asked.ok(), "the new one took its place");
}

#[tokio::test(start_paused = true)]
async fn nothing_is_there_from_before_a_disconnect_is_even_written_down() {
    for reach in [Reach::Everywhere, Reach::ThisComputer] {
        let mut stage = Stage::with("alice", "1//alice").await;
        let account = stage.account("alice");
        account.lease(&mail(), Freshness::New).await.expect("a lease");
        stage.house.ledger.save.hold();
        account.disconnect(reach).await.expect("pressed");
        stage.settle().await;
        assert_eq!(stage.house.journal.count(&Call::Revoke), 0, "not begun");
        assert_eq!((kept(&stage, &whole()), kept(&stage, &mail())), (None, None));
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_is_there_while_a_revoke_hangs_nor_comes_back_with_a_late_refresh() {
    let mut stage = Stage::with("alice", "1//alice").await;
    let account = stage.account("alice");
    account.lease(&mail(), Freshness::New).await.expect("a lease");
    stage.house.provider.refresh.hold();
    account.refresh().await.expect("pressed");
    stage.settle().await;
    stage.house.provider.revoke.hold();
    account.disconnect(Reach::Everywhere).await.expect("pressed");
    stage.settle().await;
    assert_eq!((kept(&stage, &whole()), kept(&stage, &mail())), (None, None));
    stage.house.provider.refresh.release();
    stage.settle().await;
    assert_eq!(stage.house.journal.count(&Call::Revoke), 1, "it hangs");
    assert_eq!((kept(&stage, &whole()), kept(&stage, &mail())), (None, None));
    stage.house.provider.revoke.release();
    stage.settle().await;
    assert_eq!(account.kept(&whole(), stage.now(), Seconds(0)), None, "gone");
    let fault = account.lease(&whole(), Freshness::New).await.expect_err("gone");
    assert_eq!(fault.code, Code::AccountUnknown);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_there_once_the_engine_stops() {
    let stage = Stage::with("alice", "1//alice").await;
    let account = stage.account("alice");
    stage.engine.stop().await;
    assert_eq!(account.kept(&whole(), stage.now(), Seconds(0)), None);
}
