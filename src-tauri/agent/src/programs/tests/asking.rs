//! Tokens: kept, narrowed, refreshed once for all, and what is said when there is none.

use evergrant_broker::judgement::Decision;
use evergrant_domain::{
    Code, Fault,
    lifecycle::{Reach, Standing},
    time::Seconds,
};
use evergrant_engine::event::Status;
use serde_json::json;

use super::program::Program;
use super::stage::{MAIL, SEND, Stage};

/// A stage with an account and a program that may use all of it.
async fn allowed(scopes: &str) -> (Stage, Program) {
    let mut stage = Stage::open().await;
    stage.connect("alice", scopes).await;
    let mut mutt = Program::start(&stage, "mutt");
    mutt.token("alice@example.com", json!({})).await;
    stage.decide(Decision::Always).await;
    (stage, mutt)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_says_what_it_is() {
    let (stage, mut mutt) = allowed(MAIL).await;
    let given = mutt.token("alice@example.com", json!({})).await;
    assert_eq!(given.body["token_type"], "Bearer");
    assert_eq!(given.body["account"]["email"], "alice@example.com");
    assert!(
        given.body["expires_at"]
            .as_i64()
            .is_some_and(|end| end > stage.now().0 + 3_000)
    );
    assert!(given.scopes().contains(&MAIL));
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_that_ask_at_once_are_one_refresh() {
    let (stage, _) = allowed(MAIL).await;
    stage.pass(7_200);
    stage.house.provider.refresh.hold();
    let before = stage.house.provider.refreshed_with().len();
    let mut programs = vec![];
    for _ in 0..20 {
        let mut program = Program::start(&stage, "mutt");
        assert_eq!(program.ask("GET", "/v1/status", json!(null)).await.status, 200);
        programs.push(program);
    }
    for program in &mut programs {
        let wish = json!({ "account": "alice@example.com" });
        program.send("POST", "/v1/token", wish).await;
    }
    tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
    stage.house.provider.refresh.release();
    let mut tokens = vec![];
    for program in &mut programs {
        let answer = program.answer().await;
        assert_eq!(answer.status, 200, "{answer:?}");
        tokens.push(answer.token().to_owned());
    }
    tokens.dedup();
    assert_eq!(tokens.len(), 1, "all have the same");
    assert_eq!(stage.house.provider.refreshed_with().len(), before + 1);
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lease_in_use_is_renewed_ahead_and_min_valid_is_honoured() {
    let (mut stage, mut mutt) = allowed(MAIL).await;
    let first = mutt.token("alice@example.com", json!({})).await;
    stage.pass(3_599 - 500);
    let longer = mutt
        .token("alice@example.com", json!({ "min_valid_seconds": 400 }))
        .await;
    assert_eq!(longer.token(), first.token(), "it serves as long as asked");
    for _ in 0..100 {
        stage.settle().await;
        if !stage.house.provider.refreshed_with().is_empty() {
            break;
        }
    }
    assert_eq!(
        stage.house.provider.refreshed_with().len(),
        1,
        "renewed while it still serves"
    );
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_wants_it_longer_than_it_lives_makes_nobody_work_twice() {
    let (stage, mut mutt) = allowed(MAIL).await;
    stage.pass(1_800);
    for _ in 0..5 {
        let given = mutt
            .token("alice@example.com", json!({ "min_valid_seconds": 2_699 }))
            .await;
        assert_eq!(given.status, 200);
    }
    assert_eq!(stage.house.provider.refreshed_with().len(), 1);
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rejected_token_is_fetched_anew_once_a_minute() {
    let (stage, mut mutt) = allowed(MAIL).await;
    let first = mutt.token("alice@example.com", json!({})).await;
    let report = json!({ "account": "alice@example.com", "kind": "rejected" });
    let reported = mutt.ask("POST", "/v1/report", report.clone()).await;
    assert_eq!(reported.status, 200, "{reported:?}");
    assert_ne!(
        mutt.token("alice@example.com", json!({})).await.token(),
        first.token()
    );
    let again = mutt.ask("POST", "/v1/report", report.clone()).await;
    assert_eq!((again.status, again.code()), (503, "rate_limited"));
    assert!(again.retry_after.is_some_and(|wait| (1..=60).contains(&wait)));
    stage.pass(60);
    assert_eq!(mutt.ask("POST", "/v1/report", report.clone()).await.status, 200);
    let mut stranger = Program::start(&stage, "stranger");
    assert_eq!(
        stranger.ask("POST", "/v1/report", report).await.code(),
        "approval_denied"
    );
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_fault_has_its_code_and_says_whether_to_repeat() {
    let (mut stage, mut mutt) = allowed(MAIL).await;
    stage.pass(7_200);
    let busy = Fault::from(Code::ProviderBusy).with_retry_after(Some(Seconds(17)));
    for (fault, status, code, retry) in [
        (Fault::from(Code::Offline), 503, "offline", true),
        (busy, 503, "provider_busy", true),
        (Code::VaultLocked.into(), 503, "vault_locked", true),
        (Code::ClientRefused.into(), 409, "client_trouble", false),
        (Code::SignInExpired.into(), 409, "needs_sign_in", false),
    ] {
        let wait = fault.retry_after.map(|wait| wait.0);
        stage.house.provider.refresh.fail_next(fault);
        let answer = mutt.token("alice@example.com", json!({})).await;
        assert_eq!((answer.status, answer.code()), (status, code));
        assert_eq!(answer.body["retry"], json!(retry), "{code}");
        assert_eq!(answer.retry_after.map(i64::from), wait);
        for words in ["title", "hint"] {
            assert!(
                answer.body[words].as_str().is_some_and(|text| text.len() > 8),
                "{code} {words}"
            );
        }
        stage.settle().await;
        // Nobody is asked again before the pause is over.
        stage.pass(20);
    }
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_grant_says_reconnect_and_asks_nobody() {
    let (mut stage, mut mutt) = allowed(MAIL).await;
    stage.pass(7_200);
    stage.house.provider.refresh.fail_next(Code::GrantEnded);
    let dead = mutt.token("alice@example.com", json!({})).await;
    assert_eq!((dead.status, dead.code()), (409, "needs_reconnect"));
    assert_eq!(dead.body["fault"], "grant_ended");
    stage.settle().await;
    let mut stranger = Program::start(&stage, "stranger");
    let asked = stranger.token("alice@example.com", json!({})).await;
    assert_eq!(asked.code(), "needs_reconnect");
    assert!(
        stage.broker.questions().borrow().is_none(),
        "a yes would be of no use"
    );
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_handed_out_once_a_disconnect_began() {
    let (mut stage, mut mutt) = allowed(MAIL).await;
    assert_eq!(mutt.token("alice@example.com", json!({})).await.status, 200);
    stage.house.provider.revoke.hold();
    let account = stage.engine.accounts().remove(0);
    account.disconnect(Reach::Everywhere).await.expect("pressed");
    let begun = |status: &Status| matches!(status.standing, Standing::Disconnecting(_));
    account.follow().wait_for(begun).await.expect("it begins");
    stage.settle().await;
    let refused = mutt.token("alice@example.com", json!({})).await;
    assert_eq!((refused.status, refused.code()), (409, "disconnecting"));
    stage.house.provider.revoke.release();
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn names_and_scopes_that_are_wrong_are_said() {
    let (mut stage, mut mutt) = allowed(MAIL).await;
    let ask = |body| ("POST", "/v1/token", body);
    for ((method, path, body), status, code, detail) in [
        (ask(json!({})), 400, "bad_request", "account"),
        (ask(json!({ "account": 5 })), 400, "bad_request", "account"),
        (
            ask(json!({ "account": "a", "scopes": "mail" })),
            400,
            "bad_request",
            "scopes",
        ),
        (
            ask(json!({ "account": "alice@example.com", "scopes": ["a b"] })),
            400,
            "bad_request",
            "scopes[0]",
        ),
        (
            ask(json!({ "account": "a", "min_valid_seconds": -1 })),
            400,
            "bad_request",
            "min_valid_seconds",
        ),
        (ask(json!({ "account": "nobody" })), 404, "account_unknown", ""),
        (
            ask(json!({ "account": "alice@example.com", "scopes": [SEND] })),
            403,
            "scope_not_granted",
            SEND,
        ),
        (("GET", "/v1/token", json!(null)), 405, "method_not_allowed", ""),
        (("GET", "/v2/token", json!(null)), 404, "not_found", ""),
    ] {
        let answer = mutt.ask(method, path, body).await;
        assert_eq!((answer.status, answer.code()), (status, code), "{answer:?}");
        let said = answer.body["detail"].as_str().unwrap_or_default();
        assert!(said.contains(detail), "{said}");
    }
    let unknown = json!({ "account": "alice@example.com", "colour": "green" });
    let ignored = mutt.ask("POST", "/v1/token", unknown).await;
    assert_eq!(ignored.status, 200, "unknown fields are ignored");
    stage.settle().await;
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_found_by_id_address_and_provider() {
    let (mut stage, mut mutt) = allowed(MAIL).await;
    let id = stage.connect("alice", MAIL).await;
    for name in [
        id.as_str(),
        "alice@example.com",
        "Alice@Example.com",
        "example:alice@example.com",
    ] {
        assert_eq!(mutt.token(name, json!({})).await.status, 200, "{name}");
    }
    assert_eq!(
        mutt.token("google:alice@example.com", json!({})).await.code(),
        "account_unknown"
    );
    stage.close().await;
}
