use std::time::Duration;

use evergrant_domain::Code;

use super::stage::{Stage, token};
use crate::event::{Event, Step};
use crate::fakes::Call;
use crate::ports::Ending;

fn returned(event: &Event) -> bool {
    matches!(event, Event::GrantReturned { .. })
}

#[tokio::test(start_paused = true)]
async fn while_the_vault_is_asked() {
    let mut stage = Stage::open().await;
    stage.house.vault.ready.hold();
    stage.connect().await;
    assert_eq!(stage.step(), Some(Step::Opening));
    assert_eq!(stage.engine.attempt().expect("an attempt").link().await, None);
    stage.cancel().await;
    assert_eq!(stage.attempt(), None);
    stage.house.vault.ready.release();
    stage.settle().await;
    assert_eq!(
        stage.house.journal.count(&Call::BrowserOpen),
        0,
        "given up is given up"
    );
}

#[tokio::test(start_paused = true)]
async fn while_the_link_is_built() {
    let mut stage = Stage::open().await;
    stage.house.provider.consent_link.hold();
    stage.connect().await;
    stage.cancel().await;
    assert_eq!(
        stage.attempt(),
        None,
        "discovery may take long; giving up does not wait for it"
    );
    stage.house.provider.consent_link.release();
    stage.settle().await;
    assert_eq!(stage.house.journal.count(&Call::BrowserOpen), 0);
    assert_eq!(stage.house.redirects.open_ports(), 0);
}

#[tokio::test(start_paused = true)]
async fn while_the_browser_waits() {
    let mut stage = Stage::open().await;
    stage.connect().await;
    stage.cancel().await;
    assert_eq!(stage.attempt(), None);
    assert_eq!(stage.house.redirects.open_ports(), 0);
    assert_eq!(stage.house.journal.count(&Call::Concluded(Ending::Failed)), 1);
    assert!(!stage.house.redirects.allow(), "nobody listens any more");
}

#[tokio::test(start_paused = true)]
async fn while_the_code_is_exchanged_and_the_late_grant_is_returned() {
    let mut stage = Stage::open().await;
    stage.house.provider.exchange.hold();
    stage.connect_as("alice", Some("1//late")).await;
    assert_eq!(stage.step(), Some(Step::Finishing));
    stage.cancel().await;
    assert_eq!(stage.attempt(), None);
    assert_eq!(stage.house.provider.revoked(), []);

    stage.house.provider.exchange.release();
    stage.settle().await;
    assert_eq!(stage.house.provider.revoked(), [token("1//late")]);
    assert_eq!(stage.seen(returned), 1);
    assert!(stage.house.vault.items().is_empty());
    assert_eq!(stage.house.ledger.all(), []);
}

#[tokio::test(start_paused = true)]
async fn a_late_grant_is_returned_in_a_few_tries() {
    let mut stage = Stage::open().await;
    stage.house.provider.exchange.hold();
    stage.connect_as("alice", Some("1//late")).await;
    stage.cancel().await;
    stage.house.provider.revoke.fail_next(Code::ProviderBusy);
    stage.house.provider.revoke.fail_next(Code::Offline);
    stage.house.provider.exchange.release();
    stage.wait(Duration::from_secs(10)).await;
    assert_eq!(stage.house.provider.revoked().len(), 3);
    assert_eq!(stage.seen(returned), 1);
}

#[tokio::test(start_paused = true)]
async fn a_late_grant_of_an_account_kept_here_is_not_revoked() {
    let mut stage = Stage::with("alice", "1//kept").await;
    stage.house.provider.exchange.hold();
    stage.connect_as("alice", Some("1//late")).await;
    stage.cancel().await;
    stage.house.provider.exchange.release();
    stage.settle().await;
    assert_eq!(
        stage.house.provider.revoked(),
        [],
        "it would end the grant that is kept"
    );
    assert_eq!(stage.kept("alice"), Some(token("1//kept")));

    stage.house.provider.exchange.mend();
    let everywhere = evergrant_domain::lifecycle::Reach::Everywhere;
    stage
        .account("alice")
        .disconnect(everywhere)
        .await
        .expect("pressed");
    stage.settle().await;
    assert_eq!(
        stage.house.provider.revoked(),
        [token("1//late"), token("1//kept")],
        "with its account, it ends too"
    );
    assert!(stage.house.vault.items().is_empty());
}

#[tokio::test(start_paused = true)]
async fn while_saving_the_grant_is_saved_all_the_same() {
    let mut stage = Stage::open().await;
    stage.house.ledger.save.hold();
    stage.connect_as("alice", Some("1//alice")).await;
    stage.cancel().await;
    assert_eq!(
        stage.step(),
        Some(Step::Saving),
        "what is half-way in is not turned back"
    );
    stage.house.ledger.save.release();
    stage.settle().await;
    assert_eq!(stage.attempt(), None);
    assert_eq!(stage.kept("alice"), Some(token("1//alice")));
    assert_eq!(stage.house.provider.revoked(), []);
}

#[tokio::test(start_paused = true)]
async fn refusing_in_the_browser_ends_it_with_the_right_page() {
    let mut stage = Stage::open().await;
    stage.connect().await;
    stage.house.redirects.answer(Err(Code::ConsentDenied.into()));
    stage.settle().await;
    assert_eq!(stage.attempt_fault(), Some(Code::ConsentDenied));
    assert_eq!(stage.house.journal.count(&Call::Concluded(Ending::Denied)), 1);
    stage.cancel().await;
    assert_eq!(stage.attempt(), None);
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_is_over_answers_at_once() {
    let mut stage = Stage::open().await;
    stage.house.provider.exchange.hold();
    stage.connect_as("alice", Some("1//late")).await;
    stage.cancel().await;
    let attempt = stage.engine.attempt().expect("an attempt");
    let asked = tokio::time::timeout(Duration::from_secs(1), attempt.link()).await;
    assert_eq!(asked, Ok(None), "the late answer is not waited for");
}
