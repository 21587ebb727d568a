//! What a person takes back in the window, and gives back.

use evergrant_broker::judgement::Decision;
use evergrant_broker::ports::{Book, EntryOutcome, RefusalEnd};
use serde_json::json;

use super::program::Program;
use super::stage::{MAIL, SEND, Stage};
use crate::interface::ProgramRequest;
use crate::programs::requests::ask;

#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_back_is_given_back_just_as_it_was() {
    let mut stage = Stage::open().await;
    stage.connect("alice", MAIL).await;
    let mut mutt = Program::start(&stage, "mutt");
    mutt.token("alice@example.com", json!({})).await;
    stage.decide(Decision::Always).await;
    let before = stage.broker.grants();

    let grant = before[0].id.as_str().to_owned();
    does(&stage, ProgramRequest::End { grant }).await;
    let taken = stage.broker.taken_back().expect("it can be given back");
    assert_eq!(taken.program(), Some("mutt.client.py"));
    assert_eq!(stage.broker.grants(), []);
    assert_eq!(
        mutt.token("alice@example.com", json!({})).await.code(),
        "approval_pending"
    );
    stage.decide(Decision::Silence).await;

    does(&stage, ProgramRequest::GiveBack).await;
    assert_eq!(stage.broker.grants(), before);
    assert_eq!(stage.book.grants().await.expect("read").len(), 1, "for good");
    assert_eq!(mutt.token("alice@example.com", json!({})).await.status, 200);
    assert!(stage.broker.taken_back().is_none(), "once");
    let granted = |page: &evergrant_broker::ports::Page| {
        let yes = page.entries.iter();
        yes.filter(|entry| entry.outcome == EntryOutcome::Granted).count()
    };
    assert_eq!(granted(&stage.log().await), 2, "the log tells of it");
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_minute_it_stays_taken_back() {
    let mut stage = Stage::open().await;
    stage.connect("alice", MAIL).await;
    stage.connect("bob", MAIL).await;
    let mut mutt = Program::start(&stage, "mutt");
    for account in ["alice@example.com", "bob@example.com"] {
        mutt.token(account, json!({})).await;
        stage.decide(Decision::Always).await;
    }
    does(&stage, ProgramRequest::EndAll).await;
    stage.pass(59);
    assert!(stage.broker.taken_back().is_some());
    stage.pass(1);
    assert!(stage.broker.taken_back().is_none());
    does(&stage, ProgramRequest::GiveBack).await;
    assert_eq!(stage.broker.grants(), []);
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_over_or_of_an_account_that_is_gone_is_not_given_back() {
    let mut stage = Stage::open().await;
    let alice = stage.connect("alice", MAIL).await;
    stage.connect("bob", MAIL).await;
    stage.connect("carol", MAIL).await;
    let mut mutt = Program::start(&stage, "mutt");
    for (account, decision) in [
        ("alice@example.com", Decision::Always),
        ("bob@example.com", Decision::Always),
        ("carol@example.com", Decision::TwelveHours),
    ] {
        mutt.token(account, json!({})).await;
        stage.decide(decision).await;
    }
    stage.pass(12 * 60 * 60 - 30);
    does(&stage, ProgramRequest::EndAll).await;
    stage.pass(31);
    stage.lose(&alice);
    does(&stage, ProgramRequest::GiveBack).await;
    let back: Vec<_> = stage
        .broker
        .grants()
        .into_iter()
        .map(|grant| grant.email)
        .collect();
    assert_eq!(back, ["bob@example.com"]);
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_was_forgotten_comes_back_with_what_it_may_not() {
    let mut stage = Stage::open().await;
    stage.connect("alice", &format!("{MAIL} {SEND}")).await;
    let mut mutt = Program::start(&stage, "mutt");
    mutt.token("alice@example.com", json!({ "scopes": [MAIL] })).await;
    stage.decide(Decision::Always).await;
    mutt.token("alice@example.com", json!({ "scopes": [SEND] })).await;
    stage.decide(Decision::DenyAndMute).await;
    let program = stage.broker.refusals()[0].program.key.as_str().to_owned();

    does(&stage, ProgramRequest::Forget { program }).await;
    assert!(stage.broker.refusals().is_empty());
    does(&stage, ProgramRequest::GiveBack).await;
    assert_eq!(stage.broker.grants().len(), 1);
    let refusals = stage.book.refusals().await.expect("read");
    assert_eq!(refusals[0].end, RefusalEnd::Never);
    assert_eq!(stage.broker.refusals(), refusals);
    stage.close().await;
}

async fn does(stage: &Stage, request: ProgramRequest) {
    ask(&stage.broker, request).await.expect("done");
}
