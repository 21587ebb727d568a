//! Faults of the connection: what a client sees of each.

use crate::robot::{Robot, exchange_form, text};
use serde_json::json;
use std::{
    io::{ErrorKind, Read as _, Write as _},
    net::TcpStream,
    time::{Duration, Instant},
};

async fn connected() -> (Robot, String) {
    let robot = Robot::new().await;
    let token = text(&robot.connect(&[]).await, "refresh_token").to_owned();
    (robot, token)
}

#[tokio::test]
async fn latency_delays_and_nothing_else() {
    let (robot, token) = connected().await;
    robot
        .control(
            "fault",
            json!({"endpoint": "token.refresh", "fault": "latency", "milliseconds": 300}),
        )
        .await;
    let start = Instant::now();
    assert_eq!(robot.refresh(&token).await.0, 200);
    assert!(start.elapsed() >= Duration::from_millis(300));
}

#[tokio::test]
async fn a_slow_drip_arrives_whole() {
    let (robot, token) = connected().await;
    let plan = json!({"endpoint": "token", "fault": "slow-drip", "milliseconds": 20, "bytes": 128});
    robot.control("fault", plan).await;
    let start = Instant::now();
    assert_eq!(robot.refresh(&token).await.0, 200);
    assert!(start.elapsed() >= Duration::from_millis(100));
}

#[tokio::test]
async fn a_hang_before_the_headers_ends_with_the_clients_patience() {
    let (robot, token) = connected().await;
    robot.fault("token.refresh", "hang-before-headers").await;
    let waiting = robot
        .refresh_request(&token)
        .timeout(Duration::from_millis(400))
        .send()
        .await;
    assert!(waiting.expect_err("no headers come").is_timeout());
}

#[tokio::test]
async fn a_hang_after_the_headers_gives_a_status_and_no_body() {
    let (robot, token) = connected().await;
    robot.fault("token.refresh", "hang-after-headers").await;
    let response = robot
        .refresh_request(&token)
        .timeout(Duration::from_millis(600))
        .send()
        .await;
    let response = response.expect("the headers come");
    assert_eq!(response.status(), 200);
    assert!(response.bytes().await.expect_err("no body comes").is_timeout());
}

#[tokio::test]
async fn a_reset_in_the_middle_is_a_real_reset() {
    let robot = Robot::new().await;
    robot.fault("discovery", "reset-mid-body").await;
    let address = robot.practice.base_url().replace("http://", "");
    let read = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(&address).expect("it listens");
        stream
            .set_read_timeout(Some(Duration::from_secs(5)))
            .expect("a limit");
        write!(
            stream,
            "GET /.well-known/openid-configuration HTTP/1.1\r\nHost: {address}\r\n\r\n"
        )
        .expect("sent");
        let mut got = Vec::new();
        let end = stream.read_to_end(&mut got);
        (
            String::from_utf8_lossy(&got).into_owned(),
            end.map_err(|error| error.kind()),
        )
    });
    let (got, end) = read.await.expect("read");
    assert!(
        got.starts_with("HTTP/1.1 200") && got.contains("endpoint"),
        "the first half comes: {got}"
    );
    assert_eq!(end, Err(ErrorKind::ConnectionReset), "{got}");
    assert!(serde_json::from_str::<serde_json::Value>(got.rsplit("\r\n").next().unwrap_or("")).is_err());
}

#[tokio::test]
async fn a_lost_answer_does_the_work_all_the_same() {
    let (robot, token) = connected().await;
    robot
        .control("fault", json!({"fault": "revoke-answer-lost"}))
        .await;
    let lost = robot
        .http
        .post(robot.url("/revoke"))
        .form(&[("token", &token)])
        .send()
        .await;
    assert!(lost.is_err(), "no answer comes");
    assert_eq!(
        robot.refresh(&token).await,
        crate::robot::expired(),
        "but the token is gone"
    );
}

#[tokio::test]
async fn a_lost_exchange_uses_up_the_code() {
    let robot = Robot::new().await;
    let code = robot.code(&[]).await;
    robot.control("fault", json!({"fault": "code-answer-lost"})).await;
    assert!(robot.token_request(&exchange_form(&code)).send().await.is_err());
    let (status, answer) = robot.token(&exchange_form(&code)).await;
    assert_eq!((status, text(&answer, "error_description")), (400, "Bad Request"));
    assert_eq!(
        robot.look("grants").await["live_refresh_tokens"],
        1,
        "a token that nobody knows"
    );
}

#[tokio::test]
async fn any_answer_can_be_lost() {
    let (robot, token) = connected().await;
    robot.fault("token.refresh", "answer-lost").await;
    assert!(robot.refresh_request(&token).send().await.is_err());
    assert_eq!(robot.refresh(&token).await.0, 200);
}

#[tokio::test]
async fn stopping_drops_whoever_waits() {
    let (robot, token) = connected().await;
    robot.fault("token.refresh", "hang-before-headers").await;
    let request = robot.refresh_request(&token);
    let Robot { practice, http } = robot;
    let address = practice.base_url();
    let (answer, ()) = tokio::join!(request.send(), async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        practice.stop().await;
    });
    let error = answer.expect_err("the connection is dropped");
    assert!(!error.is_timeout(), "{error:?}");
    assert!(http.get(address).send().await.is_err(), "nobody listens any more");
}

#[tokio::test]
async fn dropping_ends_it_too() {
    let (robot, _) = connected().await;
    let Robot { practice, http } = robot;
    let address = practice.base_url();
    drop(practice);
    let deadline = Instant::now() + Duration::from_secs(5);
    while http.get(&address).send().await.is_ok() {
        assert!(Instant::now() < deadline, "it still listens");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
