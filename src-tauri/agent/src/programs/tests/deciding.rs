//! What a person decides beside a question, and what is kept of it.

use evergrant_broker::judgement::Decision;
use evergrant_broker::ports::{Book, EntryOutcome};
use evergrant_domain::ScopeSet;
use serde_json::json;

use super::program::Program;
use super::stage::{MAIL, SEND, Stage};

#[tokio::test(flavor = "multi_thread")]
async fn several_wishes_are_one_question_and_one_s_own_grants_can_be_ended() {
    let mut stage = Stage::open().await;
    stage.connect("alice", MAIL).await;
    stage.connect("bob", MAIL).await;
    let mut mutt = Program::start(&stage, "mutt");
    let wishes = json!({ "wait_seconds": 30, "grants": [
        { "account": "alice@example.com", "scopes": [MAIL] }, { "account": "bob@example.com" } ] });
    mutt.send("POST", "/v1/grants", wishes).await;
    let shown = stage.decide(Decision::Always).await;
    assert_eq!(shown.question.wishes.len(), 2);
    let granted = mutt.answer().await;
    assert_eq!(granted.body["grants"].as_array().map(Vec::len), Some(2));

    let mut stranger = Program::start(&stage, "stranger");
    let id = granted.body["grants"][0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let path = format!("/v1/grants/{id}");
    assert_eq!(
        stranger.ask("DELETE", &path, json!(null)).await.code(),
        "not_found"
    );
    let left = mutt.ask("DELETE", &path, json!(null)).await;
    assert_eq!(left.body["grants"].as_array().map(Vec::len), Some(1));
    let none = mutt.ask("DELETE", "/v1/grants", json!(null)).await;
    assert_eq!(none.body["grants"], json!([]));
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn asked_ahead_and_allowed_once_is_one_token() {
    let mut stage = Stage::open().await;
    stage.connect("alice", MAIL).await;
    let mut mutt = Program::start(&stage, "mutt");
    let wishes = json!({ "wait_seconds": 30, "grants": [{ "account": "alice@example.com" }] });
    mutt.send("POST", "/v1/grants", wishes).await;
    stage.decide(Decision::Once).await;
    assert_eq!(
        mutt.answer().await.body["grants"],
        json!([]),
        "nothing that lasts"
    );
    assert_eq!(mutt.token("alice@example.com", json!({})).await.status, 200);
    assert_eq!(
        mutt.token("alice@example.com", json!({})).await.code(),
        "approval_pending"
    );
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pausing_stops_everybody_and_survives_a_restart_of_the_book() {
    let mut stage = Stage::open().await;
    stage.connect("alice", MAIL).await;
    let mut mutt = Program::start(&stage, "mutt");
    mutt.token("alice@example.com", json!({})).await;
    stage.decide(Decision::Always).await;
    stage.broker.pause(true).await.expect("paused");
    let paused = mutt.token("alice@example.com", json!({})).await;
    assert_eq!((paused.status, paused.code()), (503, "paused"));
    assert!(stage.book.paused().await.expect("read"));
    stage.broker.pause(false).await.expect("resumed");
    assert_eq!(mutt.token("alice@example.com", json!({})).await.status, 200);
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grant_made_narrower_keeps_sign_in_and_one_of_nothing_is_ended() {
    let mut stage = Stage::open().await;
    stage.connect("alice", &format!("{MAIL} {SEND}")).await;
    let mut mutt = Program::start(&stage, "mutt");
    mutt.token("alice@example.com", json!({})).await;
    stage.decide(Decision::Always).await;
    let id = stage.broker.grants().remove(0).id;
    let changed = stage.broker.change(&id, &ScopeSet::parse(MAIL), None).await;
    changed.expect("changed");
    let narrower = mutt.token("alice@example.com", json!({})).await;
    assert!(narrower.scopes().contains(&MAIL) && narrower.scopes().contains(&"openid"));
    assert!(!narrower.scopes().contains(&SEND));
    let nothing = stage.broker.change(&id, &ScopeSet::default(), None).await;
    nothing.expect("ended");
    assert_eq!(stage.broker.grants(), []);
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_granted_of_an_account_goes_with_it() {
    let mut stage = Stage::open().await;
    let alice = stage.connect("alice", MAIL).await;
    stage.connect("bob", MAIL).await;
    let mut mutt = Program::start(&stage, "mutt");
    for account in ["alice@example.com", "bob@example.com"] {
        mutt.token(account, json!({})).await;
        stage.decide(Decision::Always).await;
    }
    stage.broker.forget_account(&alice).await.expect("forgotten");
    let left: Vec<_> = stage
        .broker
        .grants()
        .into_iter()
        .map(|grant| grant.email)
        .collect();
    assert_eq!(left, ["bob@example.com"]);
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pausing_takes_the_question_away_and_holds_it_against_nobody() {
    let mut stage = Stage::open().await;
    stage.connect("alice", MAIL).await;
    let mut mutt = Program::start(&stage, "mutt");
    mutt.send(
        "POST",
        "/v1/token",
        json!({ "account": "alice@example.com", "wait_seconds": 60 }),
    )
    .await;
    stage.question().await;
    stage.broker.pause(true).await.expect("paused");
    assert_eq!(mutt.answer().await.code(), "paused");
    assert!(stage.broker.questions().borrow().is_none());
    stage.broker.pause(false).await.expect("resumed");
    assert_eq!(
        mutt.token("alice@example.com", json!({})).await.code(),
        "approval_pending"
    );
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_answer_is_a_line_of_the_log_without_a_token_in_it() {
    let mut stage = Stage::open().await;
    stage.connect("alice", MAIL).await;
    let mut mutt = Program::start(&stage, "mutt");
    mutt.token("alice@example.com", json!({})).await;
    stage.decide(Decision::Always).await;
    let given = mutt.token("alice@example.com", json!({})).await;
    mutt.token("nobody@example.com", json!({})).await;
    let page = stage.log().await;
    let lines: Vec<_> = page
        .entries
        .iter()
        .map(|line| (line.outcome, line.code.as_deref()))
        .collect();
    assert_eq!(
        lines,
        [
            (EntryOutcome::Failed, Some("account_unknown")),
            (EntryOutcome::Given, None),
            (EntryOutcome::Granted, None),
            (EntryOutcome::Refused, Some("approval_pending")),
        ]
    );
    assert!(page.intact);
    assert!(!given.token().is_empty() && !format!("{page:?}").contains(given.token()));
    stage.close().await;
}
