//! Consents and disconnects of the same account at the same time.

use evergrant_domain::{
    Code,
    lifecycle::{Reach, Standing},
};

use super::stage::{Stage, id, token};
use crate::event::Event;
use crate::fakes::Call;

const EVERYWHERE: Option<Standing> = Some(Standing::Disconnecting(Reach::Everywhere));

async fn disconnect_everywhere(stage: &mut Stage) {
    let alice = stage.account("alice");
    alice.disconnect(Reach::Everywhere).await.expect("pressed");
    stage.settle().await;
}

#[tokio::test(start_paused = true)]
async fn a_revoke_waits_for_a_consent_under_way_and_is_called_off_by_it() {
    let mut stage = Stage::with("alice", "1//old").await;
    stage.house.provider.exchange.hold();
    stage.reconnect("alice").await;
    stage.allow_as("alice", Some("1//new")).await;
    disconnect_everywhere(&mut stage).await;
    assert_eq!(stage.recorded("alice"), EVERYWHERE);
    assert_eq!(
        stage.house.provider.revoked(),
        [],
        "it would end what is being given right now"
    );
    stage.house.provider.exchange.release();
    stage.settle().await;
    assert_eq!(stage.house.provider.revoked(), []);
    assert_eq!(stage.recorded("alice"), Some(Standing::Connected));
    assert_eq!(stage.kept("alice"), Some(token("1//new")));
}

#[tokio::test(start_paused = true)]
async fn a_revoke_goes_on_where_the_consent_it_waited_for_came_to_nothing() {
    let mut stage = Stage::with("alice", "1//old").await;
    stage.house.provider.exchange.hold();
    stage.reconnect("alice").await;
    stage.allow_as("alice", Some("1//new")).await;
    disconnect_everywhere(&mut stage).await;
    stage.house.provider.exchange.fail_next(Code::CodeRefused);
    stage.house.provider.exchange.release();
    stage.settle().await;
    assert_eq!(stage.house.provider.revoked(), [token("1//old")]);
    assert_eq!((stage.recorded("alice"), stage.kept("alice")), (None, None));
}

#[tokio::test(start_paused = true)]
async fn a_code_is_not_sent_while_a_revoke_is_on_its_way() {
    let mut stage = Stage::with("alice", "1//old").await;
    stage.house.provider.revoke.hold();
    disconnect_everywhere(&mut stage).await;
    stage.connect_as("alice", Some("1//new")).await;
    assert_eq!(stage.house.journal.count(&Call::Exchange), 0);
    stage.house.provider.revoke.release();
    stage.settle().await;
    assert_eq!(stage.kept("alice"), Some(token("1//new")));
    assert_eq!(stage.recorded("alice"), Some(Standing::Connected));
    assert_eq!(stage.house.provider.revoked(), [token("1//old")]);
}

#[tokio::test(start_paused = true)]
async fn what_was_granted_before_a_disconnect_is_not_saved_after_it() {
    let mut stage = Stage::with("alice", "1//old").await;
    stage.house.ledger.save.fail_next(Code::DiskFull);
    stage.reconnect("alice").await;
    stage.allow_as("alice", Some("1//new")).await;
    assert_eq!(stage.attempt_fault(), Some(Code::DiskFull));
    disconnect_everywhere(&mut stage).await;
    assert_eq!(stage.recorded("alice"), None);

    stage.engine.attempt().expect("an attempt").save_again().await;
    stage.settle().await;
    assert_eq!(stage.attempt_fault(), Some(Code::GrantEnded));
    assert_eq!((stage.recorded("alice"), stage.kept("alice")), (None, None));
}

#[tokio::test(start_paused = true)]
async fn what_an_earlier_run_was_granted_does_not_take_a_disconnect_back() {
    let mut stage = Stage::with("alice", "1//old").await;
    stage.house.provider.exchange.hold();
    stage.reconnect("alice").await;
    stage.allow_as("alice", Some("1//new")).await;
    stage.house.provider.revoke.fail_always(Code::Offline);
    disconnect_everywhere(&mut stage).await;
    let mut stage = stage.lose_power().await;
    assert_eq!(
        stage.recorded("alice"),
        EVERYWHERE,
        "the disconnect was said last"
    );
    stage.house.provider.revoke.mend();
    stage.wait(std::time::Duration::from_secs(60)).await;
    assert_eq!((stage.recorded("alice"), stage.kept("alice")), (None, None));
    assert!(stage.house.provider.revoked().contains(&token("1//new")));
    assert!(stage.house.vault.items().is_empty(), "no note of it is left");
}

#[tokio::test(start_paused = true)]
async fn a_disconnect_that_could_not_be_written_down_is_written_down_at_the_end() {
    let mut stage = Stage::with("alice", "1//alice").await;
    stage.house.ledger.save.fail_next(Code::DiskFull);
    disconnect_everywhere(&mut stage).await;
    assert_eq!(stage.recorded("alice"), Some(Standing::Connected));
    assert_eq!(stage.house.provider.revoked(), []);
    let mut stage = stage.restart().await;
    stage.settle().await;
    assert_eq!(stage.house.provider.revoked(), [token("1//alice")]);
    let gone = |event: &Event| matches!(event, Event::Gone { .. });
    assert_eq!(
        (stage.recorded("alice"), stage.seen(gone)),
        (None, 1),
        "{:?}",
        id("alice")
    );
}

#[tokio::test(start_paused = true)]
async fn a_late_grant_ends_with_its_account_and_not_before_that_is_written_down() {
    let mut stage = Stage::with("alice", "1//old").await;
    stage.house.ledger.save.fail_always(Code::DiskFull);
    disconnect_everywhere(&mut stage).await;
    stage.house.provider.exchange.hold();
    stage.connect_as("alice", Some("1//late")).await;
    stage.cancel().await;
    stage.house.provider.exchange.release();
    stage.wait(std::time::Duration::from_secs(30)).await;
    assert_eq!(
        stage.house.provider.revoked(),
        [],
        "a restart would not know that alice was to be disconnected"
    );
    stage.house.ledger.save.mend();
    stage.wait(std::time::Duration::from_secs(600)).await;
    assert_eq!(
        stage.house.provider.revoked(),
        [token("1//late"), token("1//old")]
    );
    assert_eq!((stage.recorded("alice"), stage.kept("alice")), (None, None));
    assert!(stage.house.vault.items().is_empty(), "no note of it is left");
}
