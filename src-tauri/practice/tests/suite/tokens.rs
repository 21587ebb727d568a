//! The token endpoint, in Google's words.

use crate::robot::{MAIL, Robot, exchange_form, refusal, text};
use evergrant_practice::{CLIENT_ID, CLIENT_SECRET, SECOND_CLIENT_ID, SECOND_CLIENT_SECRET};
use serde_json::{Value, json};

fn with<'a>(form: &[(&'a str, &'a str)], name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let kept = form.iter().copied().filter(|(known, _)| *known != name);
    let new = Some((name, value)).filter(|_| !value.is_empty());
    kept.chain(new).collect()
}

#[tokio::test]
async fn an_exchange_answers_as_google_does() {
    let robot = Robot::new().await;
    let answer = robot.connect(&[]).await;
    assert!(text(&answer, "access_token").starts_with("ya29."));
    assert!(text(&answer, "refresh_token").starts_with("1//0"));
    assert_eq!(answer["expires_in"], 3599);
    assert_eq!(text(&answer, "token_type"), "Bearer");
    assert!(
        answer.get("refresh_token_expires_in").is_none(),
        "only in Testing"
    );
    let (status, refreshed) = robot.refresh(text(&answer, "refresh_token")).await;
    assert_eq!(status, 200);
    assert!(refreshed.get("refresh_token").is_none(), "Google does not rotate");
    assert!(refreshed["id_token"].is_string());
    assert_eq!(refreshed["scope"], answer["scope"]);
}

#[tokio::test]
async fn each_mistake_has_its_words() {
    let robot = Robot::new().await;
    let code = robot.code(&[]).await;
    let form = exchange_form(&code);
    let table: &[(&str, &str, u16, &str, &str)] = &[
        (
            "grant_type",
            "",
            400,
            "invalid_request",
            "Missing required parameter: grant_type",
        ),
        (
            "grant_type",
            "password",
            400,
            "unsupported_grant_type",
            "Invalid grant_type: password",
        ),
        (
            "client_id",
            "",
            400,
            "invalid_request",
            "Could not determine client ID from request.",
        ),
        (
            "client_id",
            "nobody",
            401,
            "invalid_client",
            "The OAuth client was not found.",
        ),
        (
            "client_secret",
            "",
            400,
            "invalid_request",
            "client_secret is missing.",
        ),
        (
            "client_secret",
            "wrong",
            401,
            "invalid_client",
            "The provided client secret is invalid.",
        ),
        (
            "code",
            "",
            400,
            "invalid_request",
            "Missing required parameter: code",
        ),
        ("code", "mangled", 400, "invalid_grant", "Malformed auth code."),
        ("code", "4/0unknown", 400, "invalid_grant", "Bad Request"),
        (
            "redirect_uri",
            "http://127.0.0.1:8/",
            400,
            "redirect_uri_mismatch",
            "Bad Request",
        ),
        (
            "code_verifier",
            "",
            400,
            "invalid_grant",
            "Missing code verifier.",
        ),
        (
            "code_verifier",
            "wrong",
            400,
            "invalid_grant",
            "Invalid code verifier.",
        ),
    ];
    for (name, value, status, error, description) in table {
        let answer = robot.token(&with(&form, name, value)).await;
        assert_eq!(answer, (*status, refusal(error, description)), "{name}={value}");
    }
    assert_eq!(
        robot.token(&form).await.0,
        200,
        "none of the mistakes used up the code"
    );
    assert_eq!(
        robot.token(&form).await,
        (400, refusal("invalid_grant", "Bad Request")),
        "but its use did"
    );
}

#[tokio::test]
async fn a_code_dies_after_ten_minutes() {
    let robot = Robot::new().await;
    let code = robot.code(&[]).await;
    robot.advance(600).await;
    let answer = robot.token(&exchange_form(&code)).await;
    assert_eq!(answer, (400, refusal("invalid_grant", "Bad Request")));
}

#[tokio::test]
async fn the_client_may_say_who_it_is_in_the_header() {
    let robot = Robot::new().await;
    let code = robot.code(&[]).await;
    let form = with(&with(&exchange_form(&code), "client_id", ""), "client_secret", "");
    let wrong = robot
        .token_request(&form)
        .basic_auth(CLIENT_ID, Some("wrong"))
        .send()
        .await
        .expect("answered");
    assert_eq!(wrong.status(), 401);
    let right = robot
        .token_request(&form)
        .basic_auth(CLIENT_ID, Some(CLIENT_SECRET))
        .send()
        .await
        .expect("answered");
    assert_eq!(right.status(), 200);
}

#[tokio::test]
async fn another_clients_token_is_refused() {
    let robot = Robot::new().await;
    let token = robot.connect(&[]).await;
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", text(&token, "refresh_token")),
        ("client_id", SECOND_CLIENT_ID),
        ("client_secret", SECOND_CLIENT_SECRET),
    ];
    assert_eq!(
        robot.token(&form).await,
        (401, refusal("unauthorized_client", "Unauthorized"))
    );
}

#[tokio::test]
async fn a_mangled_refresh_token_is_a_bad_request() {
    let robot = Robot::new().await;
    assert_eq!(
        robot.refresh("1//0mangled").await,
        (400, refusal("invalid_grant", "Bad Request"))
    );
}

#[tokio::test]
async fn the_refresh_token_can_be_left_out_a_number_of_times() {
    let robot = Robot::new().await;
    robot.control("project", json!({"omit_refresh_token": 1})).await;
    assert!(robot.connect(&[]).await.get("refresh_token").is_none());
    assert!(robot.connect(&[]).await["refresh_token"].is_string());
}

#[tokio::test]
async fn a_rotating_provider_ends_the_old_token() {
    let robot = Robot::new().await;
    let first = robot.connect(&[]).await;
    let first = text(&first, "refresh_token");
    robot.control("project", json!({"rotates": true})).await;
    let (_, rotated) = robot.refresh(first).await;
    let second = text(&rotated, "refresh_token");
    assert_ne!(first, second);
    assert_eq!(robot.refresh(first).await, crate::robot::expired());
    assert_eq!(robot.refresh(second).await.0, 200);
}

#[tokio::test]
async fn offline_access_is_a_scope_where_it_is_switched_on() {
    let robot = Robot::new().await;
    robot
        .control("project", json!({"offline_access_scope": true}))
        .await;
    let ask = [("scope", "openid offline_access"), ("access_type", "")];
    assert!(robot.connect(&ask).await["refresh_token"].is_string());
}

#[tokio::test]
async fn a_refresh_narrows_if_the_project_says_so() {
    let robot = Robot::new().await;
    let token = robot.connect(&[("scope", &format!("openid {MAIL}"))]).await;
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", text(&token, "refresh_token")),
        ("client_id", CLIENT_ID),
        ("client_secret", CLIENT_SECRET),
        ("scope", MAIL),
    ];
    assert_eq!(robot.token(&form).await.1["scope"], MAIL);
    robot.control("project", json!({"narrowing": false})).await;
    assert_eq!(robot.token(&form).await.1["scope"], format!("openid {MAIL}"));
}

#[tokio::test]
async fn tokeninfo_answers_in_strings() {
    let robot = Robot::new().await;
    let token = robot.connect(&[]).await;
    let info = async |token: &str| {
        let request = robot
            .http
            .get(robot.url("/tokeninfo"))
            .query(&[("access_token", token)]);
        request
            .send()
            .await
            .expect("answered")
            .json::<Value>()
            .await
            .expect("JSON")
    };
    let answer = info(text(&token, "access_token")).await;
    assert_eq!(text(&answer, "email_verified"), "true");
    assert_eq!(text(&answer, "aud"), CLIENT_ID);
    assert!(
        text(&answer, "exp").parse::<u64>().is_ok() && text(&answer, "expires_in").parse::<u64>().is_ok()
    );
    assert_eq!(info("nonsense").await, refusal("invalid_token", "Invalid Value"));
}
