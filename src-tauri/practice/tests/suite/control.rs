//! The control endpoint: its key, its mistakes, and what it never tells.

use crate::robot::{Robot, exchange_form, text};
use evergrant_practice::{CLIENT_SECRET, Options};
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn without_the_right_key_there_is_nothing() {
    let robot = Robot::new().await;
    let key = robot.practice.control_key().to_owned();
    assert!(key.len() >= 32);
    let ask = async |authorization: Option<String>| {
        let mut request = robot.http.get(robot.url("/_control/clock"));
        if let Some(authorization) = authorization {
            request = request.header("authorization", authorization);
        }
        request.send().await.expect("answered").status().as_u16()
    };
    assert_eq!(ask(None).await, 404);
    assert_eq!(ask(Some("Bearer ".to_owned())).await, 404);
    assert_eq!(ask(Some(format!("Bearer {key}0"))).await, 404);
    assert_eq!(ask(Some(format!("Bearer {}", &key[1..]))).await, 404);
    assert_eq!(ask(Some(format!("Bearer {key}"))).await, 200);
}

#[tokio::test]
async fn a_given_key_is_the_key() {
    let key = "0123456789abcdef0123456789abcdef";
    let options = Options {
        control_key: Some(key.to_owned()),
        ..Options::default()
    };
    let robot = Robot::with(options).await;
    assert_eq!(robot.practice.control_key(), key);
}

#[tokio::test]
async fn a_misspelt_wish_is_a_mistake() {
    let robot = Robot::new().await;
    for (path, body) in [
        ("clock", json!({"advance": 3})),
        ("clock", json!({})),
        ("project", json!({"statos": "testing"})),
        ("project", json!({"client_id": "nobody"})),
        ("user", json!({"email": "nobody@example.com"})),
        ("fault", json!({"endpoint": "token", "fault": "no-such-fault"})),
        ("fault", json!({"endpoint": "nowhere", "fault": "forbidden"})),
        ("fault", json!({"endpoint": "revoke", "fault": "wrong-nonce"})),
        (
            "fault",
            json!({"endpoint": "token", "fault": "forbidden", "count": 0}),
        ),
        (
            "fault",
            json!({"endpoint": "token", "fault": "forbidden", "probability": 2.0}),
        ),
    ] {
        let request = robot.control_request(Method::POST, path).body(body.to_string());
        let response = request.send().await.expect("answered");
        assert_eq!(response.status(), 400, "{path} {body}");
        let answer: serde_json::Value = response.json().await.expect("JSON");
        assert!(answer["error"].is_string());
    }
}

#[tokio::test]
async fn the_clock_stands_runs_and_comes_back() {
    let robot = Robot::new().await;
    let now = |answer: serde_json::Value| answer["now"].as_i64().expect("a number");
    let real = now(robot.look("clock").await);
    assert_eq!(
        now(robot.control("clock", json!({"set": 1_900_000_000})).await),
        1_900_000_000
    );
    assert_eq!(
        now(robot.control("clock", json!({"advance_seconds": 5})).await),
        1_900_000_005
    );
    assert!((0..60).contains(&(now(robot.control("clock", json!({"real": true})).await) - real)));
}

#[tokio::test]
async fn the_log_names_everything_and_tells_no_secret() {
    let robot = Robot::new().await;
    let code = robot.code(&[]).await;
    robot.fault("token.code", "latency").await;
    let (_, tokens) = robot.token(&exchange_form(&code)).await;
    robot.refresh(text(&tokens, "refresh_token")).await;
    let log = robot.look("log").await;
    let requests = log["requests"].as_array().expect("a list");
    let exchange = requests
        .iter()
        .find(|entry| entry["endpoint"] == "token.code")
        .expect("noted");
    assert_eq!(exchange["values"]["grant_type"], "authorization_code");
    assert!(
        exchange["parameters"]
            .as_array()
            .expect("names")
            .contains(&json!("code_verifier"))
    );
    assert_eq!(
        (&exchange["status"], &exchange["fault"]),
        (&json!(200), &json!("latency"))
    );
    let auth = requests
        .iter()
        .find(|entry| entry["endpoint"] == "auth")
        .expect("noted");
    assert_eq!(auth["values"]["prompt"], "consent");
    for told in [log.to_string(), robot.look("grants").await.to_string()] {
        for secret in [
            &code,
            text(&tokens, "refresh_token"),
            text(&tokens, "access_token"),
            CLIENT_SECRET,
        ] {
            assert!(!told.contains(secret));
        }
    }
}

#[tokio::test]
async fn a_reset_brings_back_the_first_day() {
    let robot = Robot::new().await;
    let token = robot.connect(&[]).await;
    robot
        .control("project", json!({"client_deleted": true, "status": "testing"}))
        .await;
    robot.control("reset", json!({})).await;
    assert_eq!(robot.look("grants").await["live_refresh_tokens"], 0);
    let answer = robot.refresh(text(&token, "refresh_token")).await;
    assert_eq!(
        (answer.0, text(&answer.1, "error_description")),
        (400, "Bad Request")
    );
    assert_eq!(
        robot.look("users").await["users"].as_array().map(Vec::len),
        Some(4)
    );
}

#[tokio::test]
async fn a_name_that_is_not_the_loopback_is_refused() {
    let robot = Robot::new().await;
    let request = robot
        .http
        .get(robot.url("/permissions"))
        .header("host", "elsewhere.invalid");
    assert_eq!(request.send().await.expect("answered").status(), 421);
}
