//! The pages, in their order, and what each choice leads to.

use crate::robot::{CALENDAR, DRIVE, End, MAIL, Robot, callback, exchange_form, page_name, text};
use serde_json::json;

const TWO: &str = "openid https://www.googleapis.com/auth/drive.file https://mail.google.com/";

async fn page(robot: &Robot, changes: &[(&str, &str)]) -> String {
    let html = robot.open(changes).await.text().await.expect("a page");
    page_name(&html).to_owned()
}

#[tokio::test]
async fn a_hint_skips_the_chooser_unless_it_was_asked_for() {
    let robot = Robot::new().await;
    assert_eq!(page(&robot, &[]).await, "sign-in");
    assert_eq!(
        page(&robot, &[("login_hint", "100000000000000000002")]).await,
        "sign-in"
    );
    assert_eq!(
        page(&robot, &[("login_hint", "nobody@example.com")]).await,
        "chooser"
    );
    assert_eq!(page(&robot, &[("login_hint", "")]).await, "chooser");
    assert_eq!(
        page(&robot, &[("prompt", "select_account consent")]).await,
        "chooser"
    );
}

#[tokio::test]
async fn the_warning_comes_first_and_only_for_access() {
    let robot = Robot::new().await;
    robot
        .control("project", json!({"unverified_warning": true}))
        .await;
    assert_eq!(page(&robot, &[("scope", TWO)]).await, "unverified");
    assert_eq!(page(&robot, &[]).await, "sign-in");
    assert!(robot.connect(&[("scope", TWO)]).await["refresh_token"].is_string());
}

#[tokio::test]
async fn every_page_says_that_it_is_not_google() {
    let robot = Robot::new().await;
    for changes in [
        &[][..],
        &[("scope", DRIVE)],
        &[("login_hint", "")],
        &[("client_id", "x")],
    ] {
        let html = robot.open(changes).await.text().await.expect("a page");
        assert!(html.contains("this is not Google"), "{html}");
    }
}

#[tokio::test]
async fn the_callback_says_what_googles_says() {
    let robot = Robot::new().await;
    let ask = [("login_hint", ""), ("scope", "openid email")];
    let End::Callback(answer) = robot.walk_as(&ask, "chioma@school.example", None).await else {
        panic!("no callback");
    };
    assert_eq!(answer["state"], "the-state");
    assert_eq!(answer["iss"], robot.practice.base_url());
    assert!(answer["code"].starts_with("4/0"));
    assert_eq!(
        answer["scope"],
        "openid https://www.googleapis.com/auth/userinfo.email"
    );
    assert_eq!(
        (answer["authuser"].as_str(), answer["prompt"].as_str()),
        ("0", "consent")
    );
    assert_eq!(answer["hd"], "school.example");
}

#[tokio::test]
async fn no_consent_screen_no_refresh_token() {
    let robot = Robot::new().await;
    assert!(robot.connect(&[]).await["refresh_token"].is_string());
    let again = robot.connect(&[("prompt", "")]).await;
    assert!(again["access_token"].is_string() && again.get("refresh_token").is_none());
    let wider = robot.connect(&[("prompt", ""), ("scope", TWO)]).await;
    assert!(
        wider["refresh_token"].is_string(),
        "more was asked, so consent was shown"
    );
    let online = robot.connect(&[("access_type", "")]).await;
    assert!(online.get("refresh_token").is_none(), "offline was not asked");
}

#[tokio::test]
async fn unticked_is_not_granted() {
    let robot = Robot::new().await;
    let ask = [(
        "scope",
        "openid https://www.googleapis.com/auth/drive.file https://www.googleapis.com/auth/calendar.readonly",
    )];
    let End::Callback(answer) = robot.walk_as(&ask, "", Some(&[CALENDAR])).await else {
        panic!("no callback");
    };
    let (_, tokens) = robot.token(&exchange_form(&answer["code"])).await;
    assert_eq!(text(&tokens, "scope"), format!("openid {CALENDAR}"));
    let End::Callback(answer) = robot.walk_as(&ask, "", Some(&[])).await else {
        panic!("no callback");
    };
    assert_eq!(answer["error"], "access_denied");
}

#[tokio::test]
async fn a_tampered_page_grants_nothing_that_was_not_asked() {
    let robot = Robot::new().await;
    let html = robot
        .open(&[("scope", &format!("{DRIVE} {CALENDAR}"))])
        .await
        .text()
        .await
        .expect("a page");
    let attempt = crate::robot::between(&html, "name=\"attempt\" value=\"", "\"").expect("an attempt");
    let form = [
        ("attempt", attempt),
        ("scope", MAIL),
        ("scope", DRIVE),
        ("decision", "continue"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let answer = callback(&robot.post("/signin/access", &form).await);
    assert_eq!(answer["scope"], DRIVE);
    let again = robot.post("/signin/access", &form).await;
    assert_eq!(again.status(), 400, "an attempt ends once");
}

#[tokio::test]
async fn cancelling_goes_back_with_access_denied() {
    let robot = Robot::new().await;
    for (path, changes) in [
        ("/signin/person", &[("login_hint", "")][..]),
        ("/signin/sign-in", &[]),
        ("/signin/access", &[("scope", TWO)]),
    ] {
        let html = robot.open(changes).await.text().await.expect("a page");
        let attempt = crate::robot::between(&html, "name=\"attempt\" value=\"", "\"").expect("an attempt");
        let form = [("attempt", attempt), ("decision", "deny")].map(|(n, v)| (n.to_owned(), v.to_owned()));
        let answer = callback(&robot.post(path, &form).await);
        assert_eq!(
            (answer["error"].as_str(), answer["state"].as_str()),
            ("access_denied", "the-state")
        );
        assert!(!answer.contains_key("code"));
    }
}

#[tokio::test]
async fn prompt_none_never_shows_a_page() {
    let robot = Robot::new().await;
    let error = async |changes: &[(&str, &str)]| match robot.walk(changes).await {
        End::Callback(answer) => answer.get("error").cloned(),
        End::Page { html, .. } => panic!("a page: {html}"),
    };
    assert_eq!(
        error(&[("prompt", "none")]).await.as_deref(),
        Some("consent_required")
    );
    assert_eq!(
        error(&[("prompt", "none"), ("login_hint", "x@y")])
            .await
            .as_deref(),
        Some("login_required")
    );
    robot.connect(&[]).await;
    assert_eq!(error(&[("prompt", "none")]).await, None);
    assert!(
        robot
            .connect(&[("prompt", "none")])
            .await
            .get("refresh_token")
            .is_none()
    );
}

#[tokio::test]
async fn an_organisation_narrows_the_chooser() {
    let robot = Robot::new().await;
    let html = robot
        .open(&[("hd", "school.example"), ("login_hint", "")])
        .await
        .text()
        .await
        .expect("a page");
    assert!(html.contains("person-chioma") && !html.contains("person-alice"));
}

#[tokio::test]
async fn the_permissions_page_takes_the_app_away() {
    let robot = Robot::new().await;
    let token = robot.connect(&[]).await;
    let page = robot
        .http
        .get(robot.url("/permissions"))
        .send()
        .await
        .expect("a page");
    assert!(page.text().await.expect("text").contains("id=\"remove-alice\""));
    let form = [("person".to_owned(), "100000000000000000001".to_owned())];
    let foreign = robot
        .http
        .post(robot.url("/permissions"))
        .header("origin", "https://elsewhere.invalid");
    assert_eq!(foreign.form(&form).send().await.expect("answered").status(), 403);
    assert_eq!(robot.refresh(text(&token, "refresh_token")).await.0, 200);
    assert_eq!(robot.post("/permissions", &form).await.status(), 303);
    assert_eq!(
        robot.refresh(text(&token, "refresh_token")).await,
        crate::robot::expired()
    );
}
