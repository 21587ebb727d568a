//! Faults in the answer: errors in its place, and answers that are spoilt.

use crate::robot::{DRIVE, Robot, exchange_form, text};
use reqwest::Response;
use serde_json::{Value, json};

async fn spoilt(fault: Value) -> Response {
    let robot = Robot::new().await;
    let code = robot.code(&[("scope", &format!("openid {DRIVE}"))]).await;
    let mut plan = fault;
    plan["endpoint"] = json!("token.code");
    robot.control("fault", plan).await;
    robot
        .token_request(&exchange_form(&code))
        .send()
        .await
        .expect("answered")
}

async fn body(fault: &str) -> Value {
    spoilt(json!({"fault": fault})).await.json().await.expect("JSON")
}

#[tokio::test]
async fn too_many_requests_with_and_without_retry_after() {
    let bare = spoilt(json!({"fault": "rate-limited"})).await;
    assert_eq!(bare.status(), 429);
    assert!(!bare.headers().contains_key("retry-after"));
    let told = spoilt(json!({"fault": "rate-limited", "retry_after": 7})).await;
    assert_eq!(told.headers()["retry-after"], "7");
}

#[tokio::test]
async fn forbidden_and_errors_in_html() {
    assert_eq!(spoilt(json!({"fault": "forbidden"})).await.status(), 403);
    for status in [500, 502, 503] {
        let answer = spoilt(json!({"fault": "html-error", "status": status})).await;
        assert_eq!(answer.status().as_u16(), status);
        assert!(
            answer.headers()["content-type"]
                .to_str()
                .expect("text")
                .starts_with("text/html")
        );
        assert!(answer.text().await.expect("text").contains("<html"));
    }
}

#[tokio::test]
async fn any_oauth_error() {
    let plan = json!({
        "fault": "oauth-error", "status": 400, "error": "invalid_grant",
        "error_description": "reauth related error (invalid_rapt)", "error_subtype": "invalid_rapt",
    });
    let answer = spoilt(plan).await;
    assert_eq!(answer.status(), 400);
    assert_eq!(
        answer.json::<Value>().await.expect("JSON")["error_subtype"],
        "invalid_rapt"
    );
}

#[tokio::test]
async fn bodies_that_are_no_json() {
    let truncated = spoilt(json!({"fault": "truncated-json"})).await;
    assert_eq!(truncated.status(), 200);
    let truncated = truncated.text().await.expect("text");
    assert!(truncated.starts_with('{') && serde_json::from_str::<Value>(&truncated).is_err());
    assert!(
        spoilt(json!({"fault": "empty-body"}))
            .await
            .text()
            .await
            .expect("text")
            .is_empty()
    );
    let huge = spoilt(json!({"fault": "huge-body"})).await;
    assert_eq!(huge.bytes().await.expect("bytes").len(), 2 * 1024 * 1024);
    let mistyped = spoilt(json!({"fault": "wrong-content-type"})).await;
    assert_eq!(mistyped.headers()["content-type"], "text/html; charset=utf-8");
    assert!(mistyped.json::<Value>().await.expect("JSON all the same")["access_token"].is_string());
}

#[tokio::test]
async fn odd_lifetimes() {
    assert_eq!(body("expires-in-string").await["expires_in"], "3599");
    assert!(body("expires-in-missing").await.get("expires_in").is_none());
    assert_eq!(body("expires-in-zero").await["expires_in"], 0);
    assert_eq!(body("expires-in-negative").await["expires_in"], -3599);
    assert_eq!(body("expires-in-huge").await["expires_in"], u64::MAX);
}

#[tokio::test]
async fn odd_fields() {
    assert!(body("unknown-fields").await["not_yet_invented"].is_object());
    assert!(body("refresh-token-null").await["refresh_token"].is_null());
    assert_eq!(body("refresh-token-empty").await["refresh_token"], "");
    assert_eq!(
        text(&body("scopes-reordered").await, "scope"),
        format!("{DRIVE} openid")
    );
    assert!(body("scopes-missing").await.get("scope").is_none());
    assert!(body("id-token-missing").await.get("id_token").is_none());
}

#[tokio::test]
async fn a_fault_can_meet_each_request_until_it_is_cleared() {
    let robot = Robot::new().await;
    robot
        .control(
            "fault",
            json!({"endpoint": "certs", "fault": "html-error", "probability": 1.0}),
        )
        .await;
    let status = async || {
        robot
            .http
            .get(robot.url("/oauth2/v3/certs"))
            .send()
            .await
            .expect("answered")
            .status()
    };
    for _ in 0..3 {
        assert_eq!(status().await, 503);
    }
    let cleared = robot
        .control_request(reqwest::Method::DELETE, "faults")
        .send()
        .await
        .expect("answered");
    assert_eq!(cleared.status(), 200);
    assert_eq!(status().await, 200);
}
