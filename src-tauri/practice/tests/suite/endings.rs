//! Each way in which a refresh token dies, over the wire.

use crate::robot::{DRIVE, MAIL, Robot, exchange_form, expired, refusal, text};
use evergrant_practice::{SECOND_CLIENT_ID, SECOND_CLIENT_SECRET};
use serde_json::json;

const DAY: i64 = 86_400;
const ALICE: &str = "alice@example.com";

async fn refresh_token(robot: &Robot, changes: &[(&str, &str)]) -> String {
    text(&robot.connect(changes).await, "refresh_token").to_owned()
}

#[tokio::test]
async fn testing_ends_after_seven_days() {
    let robot = Robot::new().await;
    robot.control("project", json!({"status": "testing"})).await;
    let answer = robot.connect(&[("scope", &format!("openid {DRIVE}"))]).await;
    assert_eq!(answer["refresh_token_expires_in"], 604_799);
    let token = text(&answer, "refresh_token");
    robot.advance(7 * DAY - 30).await;
    assert_eq!(robot.refresh(token).await.0, 200);
    robot.advance(60).await;
    assert_eq!(robot.refresh(token).await, expired());
}

#[tokio::test]
async fn time_limited_access_ends() {
    let robot = Robot::new().await;
    robot
        .control("project", json!({"time_limited_seconds": 3_600}))
        .await;
    let answer = robot.connect(&[]).await;
    assert_eq!(answer["refresh_token_expires_in"], 3_599);
    robot.advance(3_700).await;
    assert_eq!(robot.refresh(text(&answer, "refresh_token")).await, expired());
}

#[tokio::test]
async fn six_months_unused() {
    let robot = Robot::new().await;
    let token = refresh_token(&robot, &[]).await;
    robot.advance(185 * DAY).await;
    assert_eq!(
        robot.refresh(&token).await,
        (400, refusal("invalid_grant", "Bad Request")),
        "long forgotten"
    );
}

#[tokio::test]
async fn a_new_password_spares_tokens_without_mail() {
    let robot = Robot::new().await;
    let mail = refresh_token(&robot, &[("scope", MAIL)]).await;
    let drive = refresh_token(&robot, &[("scope", DRIVE)]).await;
    robot
        .control("user", json!({"email": ALICE, "password_changed": true}))
        .await;
    assert_eq!(robot.refresh(&mail).await, expired());
    assert_eq!(robot.refresh(&drive).await.0, 200);
}

#[tokio::test]
async fn the_hundred_and_first_ends_the_first() {
    let robot = Robot::new().await;
    let first = refresh_token(&robot, &[]).await;
    let second = refresh_token(&robot, &[]).await;
    for _ in 0..98 {
        refresh_token(&robot, &[]).await;
    }
    assert_eq!(robot.refresh(&first).await.0, 200, "a hundred is allowed");
    refresh_token(&robot, &[]).await;
    assert_eq!(robot.refresh(&first).await, expired());
    assert_eq!(robot.refresh(&second).await.0, 200);
    assert_eq!(robot.look("grants").await["live_refresh_tokens"], 100);
}

#[tokio::test]
async fn revoking_reaches_every_client_of_the_project() {
    let robot = Robot::new().await;
    let mine = robot.connect(&[]).await;
    let code = robot.code(&[("client_id", SECOND_CLIENT_ID)]).await;
    let second: Vec<(&str, &str)> = exchange_form(&code)
        .into_iter()
        .map(|(name, value)| match name {
            "client_id" => (name, SECOND_CLIENT_ID),
            "client_secret" => (name, SECOND_CLIENT_SECRET),
            _ => (name, value),
        })
        .collect();
    let (_, theirs) = robot.token(&second).await;
    let bobs = refresh_token(&robot, &[("login_hint", "bob@example.com")]).await;
    assert_eq!(
        robot.revoke(text(&mine, "access_token")).await.0,
        200,
        "an access token will do"
    );
    assert_eq!(robot.refresh(text(&mine, "refresh_token")).await, expired());
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", text(&theirs, "refresh_token")),
        ("client_id", SECOND_CLIENT_ID),
        ("client_secret", SECOND_CLIENT_SECRET),
    ];
    assert_eq!(robot.token(&form).await, expired());
    assert_eq!(robot.refresh(&bobs).await.0, 200, "another person's is spared");
    let gone = robot.revoke(text(&mine, "refresh_token")).await;
    assert_eq!(gone, (400, refusal("invalid_token", "Token expired or revoked")));
}

#[tokio::test]
async fn a_removed_app_asks_for_consent_again() {
    let robot = Robot::new().await;
    let token = refresh_token(&robot, &[]).await;
    robot
        .control("user", json!({"email": ALICE, "removed_app": true}))
        .await;
    assert_eq!(robot.refresh(&token).await, expired());
    assert!(robot.connect(&[("prompt", "")]).await["refresh_token"].is_string());
}

#[tokio::test]
async fn deleted_and_disabled_accounts_come_back_when_restored() {
    let robot = Robot::new().await;
    let token = refresh_token(&robot, &[]).await;
    robot
        .control("user", json!({"email": ALICE, "deleted": true}))
        .await;
    assert_eq!(
        robot.refresh(&token).await,
        (400, refusal("invalid_grant", "Account has been deleted"))
    );
    robot
        .control(
            "user",
            json!({"email": ALICE, "deleted": false, "disabled": true}),
        )
        .await;
    assert_eq!(robot.refresh(&token).await, expired());
    robot
        .control("user", json!({"email": ALICE, "disabled": false}))
        .await;
    assert_eq!(robot.refresh(&token).await.0, 200);
}

#[tokio::test]
async fn an_ended_session_is_mended_by_signing_in() {
    let robot = Robot::new().await;
    let token = refresh_token(&robot, &[]).await;
    robot.control("user", json!({"email": ALICE, "rapt": true})).await;
    let (status, answer) = robot.refresh(&token).await;
    assert_eq!((status, text(&answer, "error")), (400, "invalid_grant"));
    assert_eq!(text(&answer, "error_subtype"), "invalid_rapt");
    robot
        .control("user", json!({"email": ALICE, "rapt": "rapt_required"}))
        .await;
    assert_eq!(
        text(&robot.refresh(&token).await.1, "error_subtype"),
        "rapt_required"
    );
    robot.connect(&[]).await;
    assert_eq!(robot.refresh(&token).await.0, 200);
}

#[tokio::test]
async fn an_administrator_restricts_only_the_organisation() {
    let robot = Robot::new().await;
    let alice = refresh_token(&robot, &[]).await;
    let chioma = refresh_token(&robot, &[("login_hint", "chioma@school.example")]).await;
    robot.control("project", json!({"admin_policy": true})).await;
    let (status, answer) = robot.refresh(&chioma).await;
    assert_eq!((status, text(&answer, "error")), (400, "admin_policy_enforced"));
    assert_eq!(robot.refresh(&alice).await.0, 200);
}

#[tokio::test]
async fn a_deleted_client_can_be_restored() {
    let robot = Robot::new().await;
    let token = refresh_token(&robot, &[]).await;
    robot.control("project", json!({"client_deleted": true})).await;
    assert_eq!(
        robot.refresh(&token).await,
        (401, refusal("deleted_client", "The OAuth client was deleted."))
    );
    robot.control("project", json!({"client_deleted": false})).await;
    assert_eq!(robot.refresh(&token).await.0, 200);
}

#[tokio::test]
async fn a_code_used_again_ends_what_it_brought_where_the_project_says_so() {
    let robot = Robot::new().await;
    robot
        .control(
            "project",
            json!({"rotates": true, "rotation_keeps_old": true, "used_code_revokes": true}),
        )
        .await;
    let other = refresh_token(&robot, &[]).await;
    let code = robot.code(&[]).await;
    let (_, brought) = robot.token(&exchange_form(&code)).await;
    let brought = text(&brought, "refresh_token");
    let (_, rotated) = robot.refresh(brought).await;
    let (status, refused) = robot.token(&exchange_form(&code)).await;
    assert_eq!((status, refused), (400, refusal("invalid_grant", "Bad Request")));
    assert_eq!(robot.refresh(brought).await, expired());
    assert_eq!(
        robot.refresh(text(&rotated, "refresh_token")).await,
        expired(),
        "its descendant"
    );
    assert_eq!(robot.refresh(&other).await.0, 200, "another code brought it");
}

#[tokio::test]
async fn a_code_used_again_ends_nothing_otherwise() {
    let robot = Robot::new().await;
    let code = robot.code(&[]).await;
    let (_, brought) = robot.token(&exchange_form(&code)).await;
    assert_eq!(robot.token(&exchange_form(&code)).await.0, 400);
    assert_eq!(robot.refresh(text(&brought, "refresh_token")).await.0, 200);
}

#[tokio::test]
async fn another_client_cannot_end_anything_with_a_code_of_this_one() {
    let robot = Robot::new().await;
    robot.control("project", json!({"used_code_revokes": true})).await;
    let code = robot.code(&[]).await;
    let (_, brought) = robot.token(&exchange_form(&code)).await;
    let mut form = exchange_form(&code);
    form.retain(|(name, _)| !name.starts_with("client_"));
    form.extend([
        ("client_id", SECOND_CLIENT_ID),
        ("client_secret", SECOND_CLIENT_SECRET),
    ]);
    assert_eq!(robot.token(&form).await.0, 401);
    assert_eq!(robot.refresh(text(&brought, "refresh_token")).await.0, 200);
}
