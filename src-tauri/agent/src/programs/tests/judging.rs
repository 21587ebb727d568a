//! Who gets what: the person's answer, and what it covers.

use std::time::Duration;

use evergrant_broker::Assurance;
use evergrant_broker::judgement::Decision;
use serde_json::json;

use super::program::Program;
use super::stage::{MAIL, SEND, Stage};

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gets_anything_without_a_yes() {
    let mut stage = Stage::open().await;
    stage.connect("alice", MAIL).await;
    let mut mutt = Program::start(&stage, "mutt");
    let pending = mutt.token("alice@example.com", json!({})).await;
    assert_eq!((pending.status, pending.code()), (503, "approval_pending"));
    assert!(pending.retry_after.is_some());

    let shown = stage.decide(Decision::Deny).await;
    assert_eq!(shown.question.program.name, "mutt.client.py");
    assert_eq!(shown.question.program.assurance, Assurance::Script);
    let denied = mutt.token("alice@example.com", json!({})).await;
    assert_eq!((denied.status, denied.code()), (403, "approval_denied"));
    assert!(
        denied.retry_after.is_some_and(|wait| wait > 200),
        "it may ask again later"
    );
    assert!(
        stage.broker.questions().borrow().is_none(),
        "and does not ask before"
    );
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_yes_for_good_covers_the_program_the_account_and_the_scopes() {
    let mut stage = Stage::open().await;
    stage.connect("alice", &format!("{MAIL} {SEND}")).await;
    stage.connect("bob", MAIL).await;
    let mut mutt = Program::start(&stage, "mutt");
    let wish = json!({ "scopes": [MAIL], "wait_seconds": 30, "reason": "to read\nyour mail" });
    mutt.send(
        "POST",
        "/v1/token",
        json!({ "account": "alice@example.com", "scopes": [MAIL],
        "wait_seconds": 30, "reason": "to read\nyour mail" }),
    )
    .await;
    let shown = stage.decide(Decision::Always).await;
    assert_eq!(shown.question.reason.as_deref(), Some("to read your mail"));
    let given = mutt.answer().await;
    assert_eq!(given.status, 200, "{given:?}");
    assert_eq!(given.scopes(), [MAIL], "narrowed to what was allowed");

    let again = mutt.token("alice@example.com", wish).await;
    assert_eq!(again.token(), given.token(), "kept");
    let unnamed = mutt.token("ALICE@example.com", json!({})).await;
    assert_eq!(
        unnamed.token(),
        given.token(),
        "unnamed scopes are the granted ones"
    );
    let more = mutt
        .token("alice@example.com", json!({ "scopes": [MAIL, SEND] }))
        .await;
    assert_eq!(more.code(), "approval_pending");
    let other = mutt.token("bob@example.com", json!({ "scopes": [MAIL] })).await;
    assert_eq!(other.code(), "approval_pending");
    let mut stranger = Program::start(&stage, "stranger");
    let asked = stranger
        .token("alice@example.com", json!({ "scopes": [MAIL] }))
        .await;
    assert_eq!(asked.code(), "approval_pending");

    let listed = mutt.ask("GET", "/v1/accounts", json!(null)).await;
    assert_eq!(
        listed.body["accounts"].as_array().map(Vec::len),
        Some(1),
        "its own only"
    );
    let none = stranger.ask("GET", "/v1/accounts", json!(null)).await;
    assert_eq!(none.body["accounts"], json!([]));
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn twelve_hours_end_after_twelve_hours_and_once_after_one_token() {
    let mut stage = Stage::open().await;
    stage.connect("alice", MAIL).await;
    let mut mutt = Program::start(&stage, "mutt");
    mutt.token("alice@example.com", json!({})).await;
    stage.decide(Decision::Once).await;
    assert_eq!(
        mutt.token("alice@example.com", json!({})).await.status,
        200,
        "a pass"
    );
    assert_eq!(
        mutt.token("alice@example.com", json!({})).await.code(),
        "approval_pending",
        "used up"
    );
    stage.decide(Decision::TwelveHours).await;
    assert_eq!(mutt.token("alice@example.com", json!({})).await.status, 200);
    stage.pass(12 * 3600 - 1);
    assert_eq!(mutt.token("alice@example.com", json!({})).await.status, 200);
    stage.pass(1);
    assert_eq!(
        mutt.token("alice@example.com", json!({})).await.code(),
        "approval_pending"
    );
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_through_the_command_is_known_by_who_ran_it() {
    let mut stage = Stage::open().await;
    stage.connect("alice", MAIL).await;
    let mut msmtp = Program::through_command(&stage, "msmtp");
    msmtp
        .send(
            "POST",
            "/v1/token",
            json!({ "account": "alice@example.com", "wait_seconds": 30 }),
        )
        .await;
    let shown = stage.decide(Decision::Always).await;
    assert_eq!(shown.question.program.name, "msmtp.py");
    assert_eq!(msmtp.answer().await.status, 200);

    let mut other = Program::through_command(&stage, "other");
    let asked = other.token("alice@example.com", json!({})).await;
    assert_eq!(
        asked.code(),
        "approval_pending",
        "a grant to one parent covers no other"
    );
    let mut direct = Program::start(&stage, "command");
    let asked = direct.token("alice@example.com", json!({})).await;
    assert_eq!(
        asked.code(),
        "approval_pending",
        "nor the script that the command ran"
    );
    let all = other.ask("GET", "/v1/accounts", json!(null)).await;
    assert_eq!(
        all.body["accounts"].as_array().map(Vec::len),
        Some(1),
        "the command sees all"
    );
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_command_gives_orders_and_approvals_are_given_in_the_window() {
    let mut stage = Stage::open().await;
    stage.connect("alice", MAIL).await;
    let mut mutt = Program::start(&stage, "mutt");
    for (method, path) in [
        ("GET", "/v1/command/log"),
        ("GET", "/v1/command/programs"),
        ("POST", "/v1/command/disconnect"),
        ("POST", "/v1/command/connect"),
        ("POST", "/v1/command/pause"),
        ("GET", "/v1/command/doctor"),
        ("GET", "/v1/command/nothing"),
    ] {
        let refused = mutt
            .ask(method, path, json!({ "account": "alice@example.com" }))
            .await;
        assert_eq!(refused.code(), "command_only", "{path}");
    }
    let mut command = Program::through_command(&stage, "person");
    let allow = json!({ "path": "/usr/bin/python3", "account": "alice@example.com" });
    let refused = command.ask("POST", "/v1/command/programs", allow).await;
    assert_eq!((refused.status, refused.code()), (403, "approve_in_window"));
    let resumed = command
        .ask("POST", "/v1/command/pause", json!({ "paused": false }))
        .await;
    assert_eq!(resumed.code(), "approve_in_window");
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_can_be_asked_programs_are_allowed_beforehand() {
    let mut stage = Stage::headless().await;
    stage.connect("alice", MAIL).await;
    let mut mutt = Program::start(&stage, "mutt");
    let refused = mutt
        .token("alice@example.com", json!({ "wait_seconds": 30 }))
        .await;
    assert_eq!((refused.status, refused.code()), (403, "nobody_to_ask"));
    let script = stage.folder.path().join("mutt.client.py");
    let mut command = Program::through_command(&stage, "person");
    let mut allow =
        json!({ "path": script, "account": "alice@example.com", "scopes": [MAIL], "seconds": 60 });
    let unclear = command.ask("POST", "/v1/command/programs", allow.clone()).await;
    assert_eq!(
        unclear.code(),
        "bad_request",
        "its first line does not say what runs it"
    );
    allow["interpreter"] = "/usr/bin/python3".into();
    let allowed = command.ask("POST", "/v1/command/programs", allow).await;
    assert_eq!(allowed.status, 200, "{allowed:?}");
    let given = mutt.token("alice@example.com", json!({})).await;
    assert_eq!((given.status, given.scopes()), (200, vec![MAIL]));
    stage.pass(61);
    assert_eq!(
        mutt.token("alice@example.com", json!({})).await.code(),
        "nobody_to_ask"
    );
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_is_a_no_and_a_muted_program_never_asks() {
    let mut stage = Stage::open().await;
    stage.connect("alice", MAIL).await;
    let mut mutt = Program::start(&stage, "mutt");
    mutt.send(
        "POST",
        "/v1/token",
        json!({ "account": "alice@example.com", "wait_seconds": 300 }),
    )
    .await;
    stage.question().await;
    stage.pass(121);
    // Another question wakes the one who keeps the time.
    let mut other = Program::start(&stage, "other");
    other.token("alice@example.com", json!({})).await;
    let answer = tokio::time::timeout(Duration::from_secs(90), mutt.answer())
        .await
        .expect("bounded");
    assert_eq!(answer.code(), "approval_denied");
    stage.decide(Decision::DenyAndMute).await;
    stage.pass(10 * 365 * 24 * 3600);
    let muted = other.token("alice@example.com", json!({})).await;
    assert_eq!(muted.code(), "approval_denied");
    assert_eq!(muted.retry_after, None);
    assert!(stage.broker.questions().borrow().is_none());
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_dies_takes_its_question_along() {
    let mut stage = Stage::open().await;
    stage.connect("alice", MAIL).await;
    let mut mutt = Program::start(&stage, "mutt");
    mutt.send(
        "POST",
        "/v1/token",
        json!({ "account": "alice@example.com", "wait_seconds": 300 }),
    )
    .await;
    stage.question().await;
    mutt.end().await;
    let mut questions = stage.broker.questions();
    let gone = questions.wait_for(Option::is_none);
    let gone = tokio::time::timeout(Duration::from_secs(20), gone).await;
    assert!(gone.is_ok(), "nobody waits for an answer any more");
    drop(gone);
    stage.close().await;
}
