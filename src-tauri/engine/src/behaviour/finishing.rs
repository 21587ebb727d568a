//! Consents that were cut short: what the next start makes of them.

use evergrant_domain::{Code, lifecycle::Standing, time::Seconds};

use super::stage::{Stage, id, key, token};
use crate::event::Event;
use crate::fakes::Call;
use crate::ports::{Vault as _, VaultKey};

fn notes(stage: &Stage) -> usize {
    let items = stage.house.vault.items();
    items
        .keys()
        .filter(|key| matches!(key, VaultKey::Consent(_)))
        .count()
}

fn interrupted(stage: &Stage) -> usize {
    let told =
        |event: &&Event| matches!(event, Event::Trouble(fault) if fault.code == Code::ConsentInterrupted);
    stage.all_seen().iter().filter(told).count()
}

/// A consent of alice whose exchange never answers, and the power goes.
async fn cut_short_before_the_answer() -> Stage {
    let mut stage = Stage::open().await;
    stage.house.provider.exchange.hold();
    stage.connect_as("alice", Some("1//alice")).await;
    assert_eq!(notes(&stage), 1, "noted before the code is sent");
    let calls = stage.house.journal.calls();
    let exchanged = calls
        .iter()
        .position(|call| *call == Call::Exchange)
        .expect("sent");
    let noted = |call: &Call| matches!(call, Call::VaultWrite(VaultKey::Consent(_)));
    assert!(calls[..exchanged].iter().any(noted), "{calls:?}");
    stage.lose_power().await
}

#[tokio::test(start_paused = true)]
async fn a_consent_that_went_well_leaves_no_note() {
    let mut stage = Stage::open().await;
    stage.connect_as("alice", Some("1//alice")).await;
    assert_eq!((notes(&stage), interrupted(&stage)), (0, 0));
    let stage = stage.restart().await;
    assert_eq!(interrupted(&stage), 0);
}

#[tokio::test(start_paused = true)]
async fn a_code_that_was_never_used_is_adopted_at_the_next_start() {
    let stage = cut_short_before_the_answer().await;
    assert_eq!(stage.recorded("alice"), Some(Standing::Connected));
    assert_eq!(stage.kept("alice"), Some(token("1//alice")));
    assert_eq!((notes(&stage), interrupted(&stage)), (0, 0));
    let asked = &stage.status("alice").row.asked;
    assert!(
        asked.has("openid"),
        "what was asked is known from the note: {asked:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_code_that_was_used_is_told_and_a_new_consent_tidies_up() {
    let mut stage = Stage::open().await;
    stage.house.provider.exchange.hold();
    stage.connect_as("alice", Some("1//alice")).await;
    stage.house.provider.exchange.fail_next(Code::CodeRefused);
    let mut stage = stage.lose_power().await;
    assert_eq!((notes(&stage), interrupted(&stage)), (0, 1));
    assert_eq!(stage.recorded("alice"), None);
    stage.house.provider.forget_grants();
    stage.connect_as("alice", Some("1//again")).await;
    assert_eq!(stage.kept("alice"), Some(token("1//again")));
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_was_lost_is_not_told_again_once_a_newer_consent_was_given() {
    let mut stage = Stage::open().await;
    stage.house.provider.exchange.fail_next(Code::AnswerLost);
    stage.connect_as("alice", Some("1//alice")).await;
    assert_eq!(notes(&stage), 1, "something may live at the provider");
    stage.house.clock.advance(Seconds(60));
    stage.house.provider.forget_grants();
    stage.connect_as("alice", Some("1//again")).await;
    stage.house.provider.exchange.fail_next(Code::CodeRefused);
    let stage = stage.restart().await;
    assert_eq!((notes(&stage), interrupted(&stage)), (0, 0));
    assert_eq!(stage.kept("alice"), Some(token("1//again")));
}

#[tokio::test(start_paused = true)]
async fn a_refusal_that_can_have_left_nothing_leaves_no_note() {
    let mut stage = Stage::open().await;
    stage.house.provider.exchange.fail_next(Code::CodeRefused);
    stage.connect_as("alice", Some("1//alice")).await;
    assert_eq!(notes(&stage), 0);
}

#[tokio::test(start_paused = true)]
async fn what_the_network_keeps_from_being_settled_is_settled_later() {
    let mut stage = Stage::open().await;
    stage.house.provider.exchange.hold();
    stage.connect_as("alice", Some("1//alice")).await;
    stage.house.provider.exchange.fail_next(Code::Offline);
    let mut stage = stage.lose_power().await;
    assert_eq!(
        (notes(&stage), interrupted(&stage)),
        (1, 0),
        "nothing is known yet"
    );
    stage.wait(std::time::Duration::from_secs(20)).await;
    assert_eq!(stage.recorded("alice"), Some(Standing::Connected));
    assert_eq!(notes(&stage), 0);
}

#[tokio::test(start_paused = true)]
async fn what_is_stored_is_not_asked_for_again() {
    let mut stage = Stage::open().await;
    stage.house.ledger.save.hold();
    stage.connect_as("alice", Some("1//alice")).await;
    assert_eq!(stage.kept("alice"), Some(token("1//alice")));
    assert_eq!(notes(&stage), 1);
    let stage = stage.lose_power().await;
    assert_eq!(
        stage.house.journal.count(&Call::Exchange),
        0,
        "a used code could end what is stored"
    );
    assert_eq!(stage.recorded("alice"), Some(Standing::Connected));
    assert_eq!((notes(&stage), interrupted(&stage)), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn what_could_not_be_given_back_is_given_back_at_the_next_start() {
    let mut stage = Stage::open().await;
    stage.house.provider.exchange.hold();
    stage.connect_as("alice", Some("1//late")).await;
    stage.cancel().await;
    stage.house.provider.revoke.fail_always(Code::Offline);
    stage.house.provider.exchange.release();
    stage.wait(std::time::Duration::from_secs(10)).await;
    assert_eq!(notes(&stage), 1, "it is not forgotten");
    stage.house.provider.revoke.mend();
    let stage = stage.restart().await;
    assert_eq!(stage.house.provider.revoked().last(), Some(&token("1//late")));
    assert_eq!((notes(&stage), stage.recorded("alice")), (0, None));
}

#[tokio::test(start_paused = true)]
async fn the_wrong_account_is_given_back_also_after_the_power_went() {
    let mut stage = Stage::with("alice", "1//alice").await;
    stage.house.provider.exchange.hold();
    stage.reconnect("alice").await;
    stage.allow_as("bob", Some("1//bob")).await;
    let stage = stage.lose_power().await;
    assert_eq!(stage.house.provider.revoked(), [token("1//bob")]);
    assert_eq!(stage.recorded("bob"), None);
    assert_eq!(stage.kept("alice"), Some(token("1//alice")));
    assert_eq!(notes(&stage), 0);
}

#[tokio::test(start_paused = true)]
async fn without_a_note_no_code_is_sent() {
    let mut stage = Stage::open().await;
    stage.connect().await;
    stage.house.vault.write.fail_next(Code::VaultLocked);
    stage.allow_as("alice", Some("1//alice")).await;
    assert_eq!(stage.attempt_fault(), Some(Code::VaultLocked));
    assert_eq!(
        stage.house.journal.count(&Call::Exchange),
        0,
        "no grant is taken that cannot be kept"
    );
}

#[tokio::test(start_paused = true)]
async fn a_note_that_makes_no_sense_is_thrown_away() {
    let stage = Stage::with("alice", "1//alice").await;
    let attempt = evergrant_domain::consent::AttemptId::parse(&"n".repeat(43)).expect("an id");
    let text = evergrant_domain::secret::VaultText::new("evergrant-consent=1\ncode=");
    stage.house.vault.plant(VaultKey::Consent(attempt), text);
    let stage = stage.restart().await;
    assert_eq!((notes(&stage), interrupted(&stage)), (0, 0));
    assert!(stage.house.vault.read(&key("alice")).await.is_ok());
    assert_eq!(stage.recorded("alice"), Some(Standing::Connected));
    assert_eq!(stage.engine.accounts().len(), 1, "{:?}", id("alice"));
}
