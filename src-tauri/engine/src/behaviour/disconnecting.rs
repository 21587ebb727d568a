use std::time::Duration;

use evergrant_domain::{
    Code,
    lifecycle::{Freshness, Reach, Standing},
};

use super::stage::{Stage, id, key, token, whole};
use crate::event::{Activity, Event};
use crate::fakes::Call;

const EVERYWHERE: Option<Standing> = Some(Standing::Disconnecting(Reach::Everywhere));

async fn disconnect(stage: &mut Stage, sub: &str, reach: Reach) {
    stage.account(sub).disconnect(reach).await.expect("pressed");
    stage.settle().await;
}

fn is_gone(stage: &Stage, sub: &str) -> bool {
    stage.engine.account(&id(sub)).is_err() && stage.kept(sub).is_none() && stage.recorded(sub).is_none()
}

fn gone_everywhere(event: &Event) -> bool {
    matches!(event, Event::Gone { everywhere: true, .. })
}

#[tokio::test(start_paused = true)]
async fn everywhere_records_then_revokes_then_deletes() {
    let mut stage = Stage::with("alice", "1//alice").await;
    disconnect(&mut stage, "alice", Reach::Everywhere).await;
    let mut calls = stage.house.journal.calls();
    let looks = |call: &Call| matches!(call, Call::VaultReady | Call::VaultRead(_) | Call::VaultList);
    calls.retain(|call| !looks(call));
    let expected = [
        Call::LedgerSave(id("alice")),
        Call::Revoke,
        Call::LedgerSave(id("alice")),
        Call::VaultDelete(key("alice")),
        Call::LedgerRemove(id("alice")),
    ];
    assert_eq!(calls, expected);
    assert_eq!(stage.house.provider.revoked(), [token("1//alice")]);
    assert_eq!(stage.seen(gone_everywhere), 1);
    assert!(is_gone(&stage, "alice"));
}

#[tokio::test(start_paused = true)]
async fn offline_it_stays_visible_is_tried_again_and_outlives_a_restart() {
    let mut stage = Stage::with("alice", "1//alice").await;
    stage.house.provider.revoke.fail_always(Code::Offline);
    disconnect(&mut stage, "alice", Reach::Everywhere).await;
    assert_eq!(stage.recorded("alice"), EVERYWHERE);
    assert_eq!(stage.trouble("alice"), Some(Code::Offline));
    assert_eq!(stage.seen(gone_everywhere), 0, "no success is shown early");
    let fault = stage
        .account("alice")
        .lease(&whole(), Freshness::New)
        .await
        .expect_err("refused");
    assert_eq!(fault.code, Code::Disconnecting);
    assert_eq!(stage.house.journal.count(&Call::Refresh), 0);

    let mut pauses = vec![];
    for _ in 0..8 {
        let (tries, begun) = (stage.house.provider.revoked().len(), tokio::time::Instant::now());
        while stage.house.provider.revoked().len() == tries {
            stage.wait(Duration::from_millis(500)).await;
        }
        pauses.push(begun.elapsed().as_secs_f32().round());
    }
    assert_eq!(pauses[..3], [5.0, 10.0, 20.0]);
    assert!(pauses.is_sorted(), "{pauses:?}");
    assert_eq!(pauses.last(), Some(&300.0), "never longer than five minutes");

    let mut stage = stage.restart().await;
    assert_eq!(
        stage.status("alice").standing,
        Standing::Disconnecting(Reach::Everywhere)
    );
    assert_eq!(
        stage.kept("alice"),
        Some(token("1//alice")),
        "needed to revoke with"
    );
    stage.house.provider.revoke.mend();
    stage.wait(Duration::from_secs(10)).await;
    assert!(is_gone(&stage, "alice"));
    assert_eq!(stage.seen(gone_everywhere), 1);
}

#[tokio::test(start_paused = true)]
async fn a_revoke_whose_answer_was_lost_finishes_when_it_is_already_gone() {
    let mut stage = Stage::with("alice", "1//alice").await;
    // The port answers "already gone" as success.
    stage.house.provider.revoke.fail_next(Code::ProviderSilent);
    disconnect(&mut stage, "alice", Reach::Everywhere).await;
    assert_eq!(stage.recorded("alice"), EVERYWHERE);
    stage.wait(Duration::from_secs(6)).await;
    assert!(is_gone(&stage, "alice"));
    assert_eq!(stage.house.journal.count(&Call::Revoke), 2);
}

#[tokio::test(start_paused = true)]
async fn who_presses_may_be_asked_to_unlock_and_what_goes_on_by_itself_asks_nobody() {
    for reach in [Reach::Everywhere, Reach::ThisComputer] {
        let mut stage = Stage::with("alice", "1//alice").await;
        stage.house.vault.ready.fail_always(Code::VaultDismissed);
        disconnect(&mut stage, "alice", reach).await;
        assert_eq!(stage.trouble("alice"), Some(Code::VaultDismissed));
        assert_eq!(stage.house.journal.count(&Call::VaultReady), 1);
        stage.wait(Duration::from_secs(600)).await;
        assert_eq!(stage.house.journal.count(&Call::VaultReady), 1);
        assert!(
            is_gone(&stage, "alice"),
            "the vault works, nobody had to be asked"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn only_this_computer_never_revokes() {
    let mut stage = Stage::with("alice", "1//alice").await;
    disconnect(&mut stage, "alice", Reach::ThisComputer).await;
    assert_eq!(stage.house.provider.revoked(), []);
    assert!(is_gone(&stage, "alice"));
    assert_eq!(
        stage.seen(|event| matches!(
            event,
            Event::Gone {
                everywhere: false,
                ..
            }
        )),
        1
    );
}

#[tokio::test(start_paused = true)]
async fn a_disconnect_that_waits_can_become_one_of_this_computer_only() {
    let mut stage = Stage::with("alice", "1//alice").await;
    stage.house.provider.revoke.fail_always(Code::Offline);
    disconnect(&mut stage, "alice", Reach::Everywhere).await;
    disconnect(&mut stage, "alice", Reach::ThisComputer).await;
    assert!(is_gone(&stage, "alice"));
    assert_eq!(stage.house.journal.count(&Call::Revoke), 1);
}

#[tokio::test(start_paused = true)]
async fn a_vault_that_will_not_delete_is_tried_again_and_the_row_stays() {
    let mut stage = Stage::with("alice", "1//alice").await;
    stage.house.vault.delete.fail_next(Code::VaultLocked);
    disconnect(&mut stage, "alice", Reach::Everywhere).await;
    assert_eq!(stage.recorded("alice"), EVERYWHERE, "half-done is seen");
    assert_eq!(stage.trouble("alice"), Some(Code::VaultLocked));
    stage.wait(Duration::from_secs(6)).await;
    assert!(is_gone(&stage, "alice"));
    assert_eq!(
        stage.house.journal.count(&Call::Revoke),
        1,
        "revoked once is revoked"
    );
}

#[tokio::test(start_paused = true)]
async fn whoever_waits_for_a_lease_is_refused_when_it_begins() {
    let mut stage = Stage::with("alice", "1//alice").await;
    stage.house.provider.refresh.hold();
    let account = stage.account("alice");
    let caller = tokio::spawn(async move { account.lease(&whole(), Freshness::New).await });
    stage.settle().await;
    stage.house.provider.revoke.fail_always(Code::Offline);
    disconnect(&mut stage, "alice", Reach::Everywhere).await;
    let fault = caller.await.expect("answered").expect_err("refused");
    assert_eq!(fault.code, Code::Disconnecting);
    stage.house.provider.refresh.release();
    stage.settle().await;
    assert_eq!(
        stage.recorded("alice"),
        EVERYWHERE,
        "the late lease changes nothing"
    );
}

#[tokio::test(start_paused = true)]
async fn the_button_cannot_be_pressed_twice() {
    let mut stage = Stage::with("alice", "1//alice").await;
    stage.house.provider.revoke.hold();
    let account = stage.account("alice");
    account.disconnect(Reach::Everywhere).await.expect("pressed");
    // Before the first press is even seen.
    let _ = account.disconnect(Reach::Everywhere).await;
    stage.settle().await;
    assert_eq!(stage.status("alice").busy, Some(Activity::Disconnecting));
    let fault = account.disconnect(Reach::Everywhere).await.expect_err("at work");
    assert_eq!(fault.code, Code::AlreadyAtWork);
    stage.house.provider.revoke.release();
    stage.settle().await;
    assert_eq!(stage.house.journal.count(&Call::Revoke), 1);
    assert!(is_gone(&stage, "alice"));
}

#[tokio::test(start_paused = true)]
async fn a_test_that_ends_late_does_not_bring_the_row_back() {
    let mut stage = Stage::with("alice", "1//alice").await;
    stage.house.provider.person.hold();
    stage.account("alice").test().await.expect("pressed");
    stage.settle().await;
    stage.house.ledger.remove.hold();
    disconnect(&mut stage, "alice", Reach::Everywhere).await;
    stage.house.journal.clear();
    stage.house.provider.person.release();
    stage.settle().await;
    assert_eq!(stage.house.journal.count(&Call::LedgerSave(id("alice"))), 0);
    stage.house.ledger.remove.release();
    stage.settle().await;
    assert!(is_gone(&stage, "alice"));
}

#[tokio::test(start_paused = true)]
async fn a_new_consent_waits_for_a_deletion_under_way() {
    let mut stage = Stage::with("alice", "1//old").await;
    stage.house.vault.delete.hold();
    disconnect(&mut stage, "alice", Reach::ThisComputer).await;
    stage.connect_as("alice", Some("1//new")).await;
    stage.house.vault.delete.release();
    stage.settle().await;
    assert_eq!(stage.attempt(), None);
    assert_eq!(
        stage.kept("alice"),
        Some(token("1//new")),
        "the deletion is not of the new grant"
    );
    assert_eq!(stage.recorded("alice"), Some(Standing::Connected));
    stage
        .account("alice")
        .lease(&whole(), Freshness::New)
        .await
        .expect("alive");
}

#[tokio::test(start_paused = true)]
async fn a_new_consent_takes_back_a_disconnect_that_waits_for_the_network() {
    let mut stage = Stage::with("alice", "1//old").await;
    stage.house.provider.revoke.fail_next(Code::Offline);
    disconnect(&mut stage, "alice", Reach::Everywhere).await;
    stage.connect_as("alice", Some("1//new")).await;
    stage.wait(Duration::from_secs(600)).await;
    assert_eq!(stage.kept("alice"), Some(token("1//new")));
    assert_eq!(stage.recorded("alice"), Some(Standing::Connected));
    assert_eq!(
        stage.house.journal.count(&Call::Revoke),
        1,
        "the pause that was left ends nothing"
    );
}

#[tokio::test(start_paused = true)]
async fn a_token_rotated_meanwhile_is_the_one_to_revoke() {
    let mut stage = Stage::with("alice", "1//old").await;
    stage.house.provider.refresh.hold();
    stage.house.provider.rotate_next("1//new");
    stage.account("alice").refresh().await.expect("pressed");
    stage.settle().await;
    stage.house.provider.revoke.fail_next(Code::Offline);
    disconnect(&mut stage, "alice", Reach::Everywhere).await;
    assert_eq!(stage.house.provider.revoked(), [], "the newest is on its way");
    stage.house.provider.refresh.release();
    stage.wait(Duration::from_secs(6)).await;
    assert_eq!(
        stage.house.provider.revoked(),
        [token("1//new"), token("1//new"), token("1//old")]
    );
    assert!(is_gone(&stage, "alice"));
}
