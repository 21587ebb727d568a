//! Faults of the redirect.

use crate::robot::{End, Robot};
use serde_json::json;
use std::{collections::HashMap, time::Duration};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
    time::timeout,
};

const PATIENCE: Duration = Duration::from_secs(10);

async fn answer(plan: serde_json::Value) -> HashMap<String, String> {
    let robot = Robot::new().await;
    robot.control("fault", plan).await;
    match robot.walk(&[]).await {
        End::Callback(answer) => answer,
        End::Page { html, .. } => panic!("{html}"),
    }
}

fn plan(fault: &str) -> serde_json::Value {
    json!({"endpoint": "callback", "fault": fault})
}

#[tokio::test]
async fn wrong_and_missing_parameters() {
    assert_ne!(answer(plan("wrong-state")).await["state"], "the-state");
    assert!(!answer(plan("missing-state")).await.contains_key("state"));
    assert_eq!(
        answer(plan("wrong-iss")).await["iss"],
        "https://elsewhere.invalid"
    );
    assert!(!answer(plan("missing-iss")).await.contains_key("iss"));
}

#[tokio::test]
async fn an_error_in_place_of_a_code() {
    let mut plan = plan("oauth-error");
    plan["error"] = json!("temporarily_unavailable");
    let answer = answer(plan).await;
    assert_eq!(answer["error"], "temporarily_unavailable");
    assert_eq!(answer["state"], "the-state");
    assert!(!answer.contains_key("code"));
}

#[tokio::test]
async fn a_callback_that_comes_twice() {
    let robot = Robot::new().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let place = format!("http://{}/back", listener.local_addr().expect("an address"));
    robot.control("fault", plan("duplicate-callback")).await;
    let first = async {
        let (mut stream, _) = timeout(PATIENCE, listener.accept())
            .await
            .expect("the emulator calls")
            .expect("accepted");
        let mut request = vec![0; 4096];
        let length = stream.read(&mut request).await.expect("a request");
        stream
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
            .await
            .expect("answered");
        String::from_utf8_lossy(&request[..length]).into_owned()
    };
    let ask = [("redirect_uri", place.as_str())];
    let (end, first) = tokio::join!(robot.walk(&ask), first);
    let End::Callback(second) = end else {
        panic!("no callback");
    };
    let code = second["code"].replace('/', "%2F");
    assert!(
        first.starts_with("GET /back?") && first.contains(&code),
        "the same code both times"
    );
}
