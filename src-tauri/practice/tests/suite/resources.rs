//! The API calls, and how they refuse.

use crate::robot::{CALENDAR, DRIVE, MAIL, Robot, text};
use reqwest::Method;
use serde_json::{Value, json};

const CONTACTS: &str = "https://www.googleapis.com/auth/contacts.readonly";
const CALLS: &[(&str, &str, &str)] = &[
    ("gmail", "/gmail/v1/users/me/profile", MAIL),
    ("drive", "/drive/v3/about?fields=user", DRIVE),
    ("calendar", "/calendar/v3/users/me/calendarList", CALENDAR),
    (
        "contacts",
        "/v1/people/me/connections?personFields=names",
        CONTACTS,
    ),
];

async fn call(robot: &Robot, path: &str, token: Option<&str>) -> (u16, Value) {
    let mut request = robot.http.request(Method::GET, robot.url(path));
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    let response = request.send().await.expect("answered");
    (response.status().as_u16(), response.json().await.expect("JSON"))
}

async fn access_token(robot: &Robot, scope: &str) -> String {
    text(&robot.connect(&[("scope", scope)]).await, "access_token").to_owned()
}

#[tokio::test]
async fn each_call_needs_its_scope() {
    let robot = Robot::new().await;
    let plain = access_token(&robot, "openid email").await;
    for (api, path, scope) in CALLS {
        let (status, refused) = call(&robot, path, Some(&plain)).await;
        assert_eq!(status, 403, "{api}");
        assert_eq!(
            refused["error"]["message"],
            "Request had insufficient authentication scopes."
        );
        assert_eq!(refused["error"]["status"], "PERMISSION_DENIED");
        assert_eq!(
            refused["error"]["details"][0]["reason"],
            "ACCESS_TOKEN_SCOPE_INSUFFICIENT"
        );
        if *api != "contacts" {
            assert_eq!(refused["error"]["errors"][0]["reason"], "insufficientPermissions");
        }
        let token = access_token(&robot, scope).await;
        assert_eq!(call(&robot, path, Some(&token)).await.0, 200, "{api}");
    }
}

#[tokio::test]
async fn each_api_can_be_switched_off() {
    let robot = Robot::new().await;
    for (api, path, scope) in CALLS {
        let token = access_token(&robot, scope).await;
        robot.control("project", json!({"apis": {*api: false}})).await;
        let (status, refused) = call(&robot, path, Some(&token)).await;
        assert_eq!(status, 403, "{api}");
        assert_eq!(refused["error"]["details"][0]["reason"], "SERVICE_DISABLED");
        assert!(text(&refused["error"], "message").contains("has not been used in project"));
        if *api != "contacts" {
            assert_eq!(refused["error"]["errors"][0]["reason"], "accessNotConfigured");
        }
        robot.control("project", json!({"apis": {*api: true}})).await;
        assert_eq!(call(&robot, path, Some(&token)).await.0, 200, "{api}");
    }
}

#[tokio::test]
async fn a_dead_or_missing_token_is_unauthenticated() {
    let robot = Robot::new().await;
    let token = access_token(&robot, MAIL).await;
    let path = CALLS[0].1;
    robot.advance(3_600).await;
    let (status, refused) = call(&robot, path, Some(&token)).await;
    assert_eq!(
        (status, &refused["error"]["status"]),
        (401, &json!("UNAUTHENTICATED"))
    );
    assert_eq!(refused["error"]["errors"][0]["reason"], "authError");
    let (status, refused) = call(&robot, path, None).await;
    assert_eq!(
        (status, &refused["error"]["errors"][0]["reason"]),
        (401, &json!("required"))
    );
}

#[tokio::test]
async fn mail_is_sent_only_if_it_is_mail() {
    let robot = Robot::new().await;
    let token = access_token(&robot, "https://www.googleapis.com/auth/gmail.send").await;
    assert_eq!(
        call(&robot, CALLS[0].1, Some(&token)).await.0,
        403,
        "sending is not reading"
    );
    let send = async |body: Value| {
        let request = robot.http.post(robot.url("/gmail/v1/users/me/messages/send"));
        let response = request
            .bearer_auth(&token)
            .json(&body)
            .send()
            .await
            .expect("answered");
        (
            response.status().as_u16(),
            response.json::<Value>().await.expect("JSON"),
        )
    };
    let (status, answer) = send(json!({"raw": "VG86IGJvYkBleGFtcGxlLmNvbQ0KDQpIaQ"})).await;
    assert_eq!((status, &answer["labelIds"]), (200, &json!(["SENT"])));
    let (status, refused) = send(json!({"raw": ""})).await;
    assert_eq!(
        (status, &refused["error"]["errors"][0]["reason"]),
        (400, &json!("invalidArgument"))
    );
}

#[tokio::test]
async fn a_call_without_its_fields_is_refused() {
    let robot = Robot::new().await;
    let drive = access_token(&robot, DRIVE).await;
    let (status, refused) = call(&robot, "/drive/v3/about", Some(&drive)).await;
    assert_eq!(
        (status, &refused["error"]["errors"][0]["location"]),
        (400, &json!("fields"))
    );
    let (_, about) = call(&robot, "/drive/v3/about?fields=user(emailAddress)", Some(&drive)).await;
    assert_eq!(about["user"]["emailAddress"], "alice@example.com");
    assert!(about.get("storageQuota").is_none());
    let contacts = access_token(&robot, CONTACTS).await;
    assert_eq!(
        call(&robot, "/v1/people/me/connections", Some(&contacts)).await.0,
        400
    );
}

#[tokio::test]
async fn an_api_limits_its_rate_in_its_own_shape() {
    let robot = Robot::new().await;
    robot.fault("gmail", "rate-limited").await;
    let (status, refused) = call(&robot, CALLS[0].1, None).await;
    assert_eq!(
        (status, &refused["error"]["status"]),
        (429, &json!("RESOURCE_EXHAUSTED"))
    );
}
