use evergrant_domain::{
    AccountId, Code,
    lifecycle::{Freshness, Standing},
    secret::VaultText,
};

use super::stage::{Stage, id, key, token, whole};
use crate::event::Event;
use crate::ports::VaultKey;

fn found(stage: &Stage) -> Vec<usize> {
    let count = |event: &Event| match event {
        Event::Found { count } => Some(*count),
        _ => None,
    };
    stage.all_seen().iter().filter_map(count).collect()
}

#[tokio::test(start_paused = true)]
async fn accounts_outlive_a_restart_without_a_consent() {
    let stage = Stage::with("alice", "1//alice").await;
    let before = (stage.house.vault.items(), stage.house.ledger.all());
    let stage = stage.restart().await;
    assert_eq!((stage.house.vault.items(), stage.house.ledger.all()), before);
    stage
        .account("alice")
        .lease(&whole(), Freshness::New)
        .await
        .expect("alive");
    assert_eq!(found(&stage), [0_usize; 0], "nothing to be told");
}

#[tokio::test(start_paused = true)]
async fn a_lost_ledger_is_rebuilt_from_the_vault_and_said_so() {
    let mut stage = Stage::with("alice", "1//alice").await;
    stage.connect_as("bob", Some("1//bob")).await;
    let items = stage.house.vault.items();
    stage.house.ledger.lose_all();
    let stage = stage.restart().await;
    assert_eq!(found(&stage), [2]);
    for sub in ["alice", "bob"] {
        assert_eq!(stage.recorded(sub), Some(Standing::Connected));
        assert_eq!(stage.status(sub).row.person.label(), format!("{sub}@example.com"));
        stage
            .account(sub)
            .lease(&whole(), Freshness::New)
            .await
            .expect("alive");
    }
    assert_eq!(stage.house.vault.items(), items, "the vault is only read");
}

#[tokio::test(start_paused = true)]
async fn items_that_are_damaged_or_not_their_own_are_left_alone() {
    let stage = Stage::with("alice", "1//alice").await;
    let items = stage.house.vault.items();
    let alices = items.get(&key("alice")).expect("kept").clone();
    let other = AccountId::parse(&"a".repeat(32)).expect("an id");
    stage
        .house
        .vault
        .plant(key("bob"), VaultText::new("evergrant-grant=1\nsub"));
    stage.house.vault.plant(VaultKey::Account(other), alices);
    let items = stage.house.vault.items();
    stage.house.ledger.lose_all();
    let stage = stage.restart().await;
    assert_eq!(found(&stage), [1], "Alice only");
    assert_eq!(stage.house.vault.items(), items, "nothing is deleted");
    assert!(stage.engine.account(&id("bob")).is_err());
}

#[tokio::test(start_paused = true)]
async fn a_vault_that_does_not_answer_is_told_once_and_harms_nothing() {
    let stage = Stage::with("alice", "1//alice").await;
    stage.house.vault.list.fail_always(Code::VaultAbsent);
    let stage = stage.restart().await;
    let absent = |event: &Event| matches!(event, Event::Trouble(fault) if fault.code == Code::VaultAbsent);
    assert_eq!(stage.seen(absent), 1);
    assert_eq!(stage.status("alice").standing, Standing::Connected);
    assert_eq!(stage.kept("alice"), Some(token("1//alice")));
}

#[tokio::test(start_paused = true)]
async fn a_slow_vault_does_not_delay_the_accounts_of_the_ledger() {
    let stage = Stage::with("alice", "1//alice").await;
    stage.house.vault.list.hold();
    let stage = stage.restart().await;
    assert_eq!(stage.status("alice").standing, Standing::Connected);
}
