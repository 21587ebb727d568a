//! Every error that is a page and never a redirect.

use crate::robot::{End, Robot, ask};
use serde_json::{Value, json};

async fn blocked(robot: &Robot, changes: &[(&str, &str)], person: &str) -> (u16, String) {
    match robot.walk_as(changes, person, None).await {
        End::Callback(answer) => panic!("redirected: {:?}", answer.keys()),
        End::Page { status, html } => {
            assert!(html.contains("Access blocked"), "{html}");
            (status.as_u16(), html)
        }
    }
}

/// What is changed in a right request, and what the page then says.
const WRONG: &[(&str, u16, &str, &str)] = &[
    (
        "client_id=",
        400,
        "invalid_request",
        "Missing required parameter: client_id",
    ),
    (
        "redirect_uri=",
        400,
        "invalid_request",
        "Missing required parameter: redirect_uri",
    ),
    (
        "response_type=",
        400,
        "invalid_request",
        "Missing required parameter: response_type",
    ),
    (
        "scope=",
        400,
        "invalid_request",
        "Missing required parameter: scope",
    ),
    (
        "client_id=nobody",
        401,
        "invalid_client",
        "The OAuth client was not found.",
    ),
    (
        "redirect_uri=https://example.com/x",
        400,
        "redirect_uri_mismatch",
        "example.com",
    ),
    (
        "redirect_uri=http://127.0.0.1.example.com/",
        400,
        "redirect_uri_mismatch",
        "example.com",
    ),
    (
        "redirect_uri=http://a@127.0.0.1:9/",
        400,
        "redirect_uri_mismatch",
        "127.0.0.1",
    ),
    (
        "redirect_uri=urn:ietf:wg:oauth:2.0:oob",
        400,
        "redirect_uri_mismatch",
        "oob",
    ),
    ("response_type=token", 400, "unsupported_response_type", "token"),
    (
        "scope=openid made.up",
        400,
        "invalid_scope",
        "{valid=[openid], invalid=[made.up]}",
    ),
    (
        "scope=openid drive.file",
        400,
        "invalid_scope",
        "invalid=[drive.file]",
    ),
    (
        "scope=openid offline_access",
        400,
        "invalid_scope",
        "invalid=[offline_access]",
    ),
    (
        "approval_prompt=force",
        400,
        "invalid_request",
        "Conflict params: approval_prompt and prompt",
    ),
    (
        "prompt=none consent",
        400,
        "invalid_request",
        "none cannot be combined",
    ),
    ("prompt=please", 400, "invalid_request", "Invalid prompt: please"),
    (
        "access_type=always",
        400,
        "invalid_request",
        "access_type: always",
    ),
    (
        "code_challenge=",
        400,
        "invalid_request",
        "Missing required parameter: code_challenge",
    ),
    (
        "code_challenge_method=S1",
        400,
        "invalid_request",
        "S1 is not a valid CodeChallengeMethod",
    ),
    (
        "code_challenge_method=plain",
        400,
        "invalid_request",
        "S256 required",
    ),
    (
        "code_challenge_method=&code_challenge=",
        400,
        "invalid_request",
        "S256 required",
    ),
];

#[tokio::test]
async fn a_wrong_request_is_a_page() {
    let robot = Robot::new().await;
    for (changed, status, error, detail) in WRONG {
        let changes: Vec<_> = changed
            .split('&')
            .filter_map(|change| change.split_once('='))
            .collect();
        let (got, html) = blocked(&robot, &changes, "").await;
        assert_eq!(got, *status, "{changed}");
        assert!(
            html.contains(&format!("Error {status}: {error}")),
            "{changed}: {html}"
        );
        assert!(html.contains(detail), "{changed}: {html}");
    }
}

#[tokio::test]
async fn a_parameter_given_twice_is_a_page() {
    let robot = Robot::new().await;
    let mut ask = ask(&[]);
    ask.push(("scope".to_owned(), "openid".to_owned()));
    let response = robot
        .http
        .get(robot.url("/o/oauth2/v2/auth"))
        .query(&ask)
        .send()
        .await
        .expect("a page");
    assert_eq!(response.status(), 400);
    let html = response.text().await.expect("text");
    assert!(
        html.contains("OAuth 2 parameters can only have a single value: scope"),
        "{html}"
    );
}

#[tokio::test]
async fn the_project_and_the_person_decide_too() {
    let table: &[(Value, Value, &str, u16, &str)] = &[
        (
            json!({"client_deleted": true}),
            Value::Null,
            "bob",
            401,
            "deleted_client",
        ),
        (
            json!({"client_type": "web"}),
            Value::Null,
            "bob",
            400,
            "redirect_uri_mismatch",
        ),
        (
            json!({"admin_policy": true}),
            Value::Null,
            "chioma",
            400,
            "admin_policy_enforced",
        ),
        (
            json!({"org_not_configured": true}),
            Value::Null,
            "chioma",
            400,
            "access_not_configured",
        ),
        (
            json!({"org_internal": true}),
            Value::Null,
            "bob",
            403,
            "org_internal",
        ),
        (
            json!({"status": "testing"}),
            json!({"email": "bob@example.com", "test_user": false}),
            "bob",
            403,
            "access_denied",
        ),
    ];
    for (project, user, person, status, error) in table {
        let robot = Robot::new().await;
        robot.control("project", project.clone()).await;
        if !user.is_null() {
            robot.control("user", user.clone()).await;
        }
        let (got, html) = blocked(&robot, &[("login_hint", "")], person).await;
        assert_eq!(got, *status, "{project}");
        assert!(
            html.contains(&format!("Error {status}: {error}")),
            "{project}: {html}"
        );
    }
}

#[tokio::test]
async fn a_window_inside_an_app_is_refused() {
    let robot = Robot::new().await;
    let agent = "Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36";
    let request = robot
        .http
        .get(robot.url("/o/oauth2/v2/auth"))
        .query(&ask(&[]))
        .header("user-agent", agent);
    let response = request.send().await.expect("a page");
    assert_eq!(response.status(), 403);
    assert!(
        response
            .text()
            .await
            .expect("text")
            .contains("Error 403: disallowed_useragent")
    );
}

#[tokio::test]
async fn any_other_error_page_can_be_planned() {
    let robot = Robot::new().await;
    let plan =
        json!({"endpoint": "auth", "fault": "oauth-error", "status": 403, "error": "rate_limit_exceeded"});
    robot.control("fault", plan).await;
    let (status, html) = blocked(&robot, &[], "").await;
    assert_eq!(status, 403);
    assert!(html.contains("Error 403: rate_limit_exceeded"));
}

#[tokio::test]
async fn every_loopback_address_is_a_fine_place_to_return_to() {
    let robot = Robot::new().await;
    for place in [
        "http://127.0.0.1:1/",
        "http://127.0.0.1:65535/a/b?c=d",
        "http://[::1]:5/x",
        "http://localhost:80/",
    ] {
        assert!(
            matches!(robot.walk(&[("redirect_uri", place)]).await, End::Callback(_)),
            "{place}"
        );
    }
}
