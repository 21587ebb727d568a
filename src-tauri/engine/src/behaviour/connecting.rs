use evergrant_domain::{Code, lifecycle::Standing};

use super::stage::{Stage, id, key, token};
use crate::event::{Event, Step};
use crate::fakes::Call;
use crate::ports::Ending;

fn announced(event: &Event) -> bool {
    matches!(event, Event::Connected { .. } | Event::Account(_))
}

#[tokio::test(start_paused = true)]
async fn vault_write_then_read_back_then_ledger_then_announce() {
    let mut stage = Stage::open().await;
    stage.house.ledger.save.hold();
    stage.connect_as("alice", Some("1//alice")).await;
    let stored = [
        Call::VaultWrite(key("alice")),
        Call::VaultRead(key("alice")),
        Call::LedgerSave(id("alice")),
    ];
    let calls = stage.house.journal.calls();
    assert!(calls.ends_with(&stored), "vault, read back, ledger: {calls:?}");
    assert_eq!(stage.seen(announced), 0, "announced before the ledger had it");
    assert_eq!(stage.step(), Some(Step::Saving));
    assert!(!calls.contains(&Call::Concluded(Ending::Connected)));

    stage.house.ledger.save.release();
    stage.settle().await;
    assert!(stage.seen(announced) > 0);
    assert_eq!(stage.attempt(), None);
    assert_eq!(stage.kept("alice"), Some(token("1//alice")));
    assert_eq!(stage.recorded("alice"), Some(Standing::Connected));
    assert_eq!(stage.house.journal.count(&Call::Concluded(Ending::Connected)), 1);
}

#[tokio::test(start_paused = true)]
async fn an_unfaithful_vault_is_noticed_and_the_earlier_item_put_back() {
    let mut stage = Stage::with("alice", "1//old").await;
    stage.house.vault.unfaithful_next();
    stage.reconnect("alice").await;
    stage.allow_as("alice", Some("1//new")).await;
    assert_eq!(stage.step(), Some(Step::NotSaved));
    assert_eq!(stage.attempt_fault(), Some(Code::VaultUnfaithful));
    assert_eq!(
        stage.kept("alice"),
        Some(token("1//old")),
        "the earlier item is back"
    );

    stage.engine.attempt().expect("an attempt").save_again().await;
    stage.settle().await;
    assert_eq!(stage.attempt(), None);
    assert_eq!(stage.kept("alice"), Some(token("1//new")));
}

#[tokio::test(start_paused = true)]
async fn a_first_grant_that_the_vault_garbles_makes_no_account() {
    let mut stage = Stage::open().await;
    stage.house.vault.unfaithful_next();
    stage.connect_as("alice", Some("1//alice")).await;
    assert_eq!(stage.attempt_fault(), Some(Code::VaultUnfaithful));
    assert_eq!(stage.house.ledger.all(), [], "no row for what is not kept");
    assert!(stage.engine.accounts().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_full_disk_can_be_freed_and_saved_to_again() {
    let mut stage = Stage::open().await;
    stage.house.ledger.save.fail_always(Code::DiskFull);
    stage.connect_as("alice", Some("1//alice")).await;
    assert_eq!(stage.step(), Some(Step::NotSaved));
    assert_eq!(stage.attempt_fault(), Some(Code::DiskFull));
    assert_eq!(stage.seen(announced), 0);

    stage.house.ledger.save.mend();
    stage.engine.attempt().expect("an attempt").save_again().await;
    stage.settle().await;
    assert_eq!(stage.attempt(), None);
    assert_eq!(stage.recorded("alice"), Some(Standing::Connected));
    assert_eq!(stage.house.journal.count(&Call::Exchange), 1, "no second consent");
}

#[tokio::test(start_paused = true)]
async fn giving_up_on_a_full_disk_returns_the_grant_and_leaves_nothing() {
    let mut stage = Stage::open().await;
    stage.house.ledger.save.fail_always(Code::DiskFull);
    stage.connect_as("alice", Some("1//alice")).await;
    stage.cancel().await;
    assert_eq!(stage.house.provider.revoked(), [token("1//alice")]);
    assert_eq!(
        stage.seen(|event| matches!(event, Event::GrantReturned { .. })),
        1
    );
    assert_eq!(
        stage.kept("alice"),
        None,
        "a returned grant would come back as an account"
    );
    stage.house.ledger.save.mend();
    let stage = stage.restart().await;
    assert!(stage.engine.accounts().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_grant_that_could_not_be_returned_stays_in_the_vault() {
    let mut stage = Stage::open().await;
    stage.house.ledger.save.fail_always(Code::DiskFull);
    stage.house.provider.revoke.fail_always(Code::Offline);
    stage.connect_as("alice", Some("1//alice")).await;
    stage.cancel().await;
    stage.wait(std::time::Duration::from_secs(60)).await;
    assert_eq!(
        stage.seen(|event| matches!(event, Event::GrantReturned { .. })),
        0
    );
    assert_eq!(
        stage.kept("alice"),
        Some(token("1//alice")),
        "it lives on, so it is kept"
    );
}

#[tokio::test(start_paused = true)]
async fn giving_up_on_a_renewal_revokes_nothing() {
    let mut stage = Stage::with("alice", "1//old").await;
    stage.house.ledger.save.fail_always(Code::DiskFull);
    stage.reconnect("alice").await;
    stage.allow_as("alice", Some("1//new")).await;
    assert_eq!(stage.step(), Some(Step::NotSaved));
    stage.cancel().await;
    assert_eq!(
        stage.house.provider.revoked(),
        [],
        "a revoke would end the account that is kept"
    );
    assert_eq!(
        stage.kept("alice"),
        Some(token("1//new")),
        "the newest token is the safe one"
    );
}

#[tokio::test(start_paused = true)]
async fn the_same_person_twice_is_one_account() {
    let mut stage = Stage::with("alice", "1//first").await;
    let since = stage.status("alice").row.connected_since;
    stage.house.clock.advance(evergrant_domain::time::Seconds(60));
    stage.connect_as("alice", Some("1//second")).await;
    assert_eq!(stage.house.ledger.all().len(), 1);
    assert_eq!(stage.engine.accounts().len(), 1);
    assert_eq!(stage.kept("alice"), Some(token("1//second")));
    let row = stage.status("alice").row;
    assert_eq!((row.consents, row.connected_since), (2, since));
    assert_eq!(
        stage.seen(|event| matches!(event, Event::Connected { renewed: true, .. })),
        1
    );
    assert_eq!(stage.house.provider.revoked(), [], "a renewal revokes nothing");
}

#[tokio::test(start_paused = true)]
async fn nothing_announced_or_noted_shows_a_secret() {
    let mut stage = Stage::open().await;
    stage.connect_as("alice", Some("1//canary")).await;
    stage.account("alice").test().await.expect("the test begins");
    stage.settle().await;
    let shown = format!("{:?}{:?}", stage.all_seen(), stage.house.journal.calls());
    for canary in ["1//canary", "ya29.", "4/0code"] {
        assert!(!shown.contains(canary), "{canary} is shown");
    }
}
