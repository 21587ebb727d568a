//! What the `id_token` says, and the faults in it, judged with the published keys.

use crate::robot::{Robot, text};
use evergrant_practice::CLIENT_ID;
use jsonwebtoken::{
    Algorithm, DecodingKey, Validation, decode, decode_header, errors::ErrorKind, jwk::JwkSet,
};
use serde_json::{Value, json};

async fn judge(robot: &Robot, id_token: &str) -> Result<Value, ErrorKind> {
    let kind = |error: jsonwebtoken::errors::Error| error.into_kind();
    let header = decode_header(id_token).map_err(kind)?;
    let keys: JwkSet = robot
        .http
        .get(robot.url("/oauth2/v3/certs"))
        .send()
        .await
        .expect("answered")
        .json()
        .await
        .expect("keys");
    let key = keys
        .find(&header.kid.expect("a key is named"))
        .expect("the key is published");
    let mut wanted = Validation::new(Algorithm::RS256);
    wanted.set_audience(&[CLIENT_ID]);
    wanted.set_issuer(&[robot.practice.base_url()]);
    let decoded = decode::<Value>(id_token, &DecodingKey::from_jwk(key).map_err(kind)?, &wanted);
    decoded.map(|token| token.claims).map_err(kind)
}

async fn spoilt(fault: &str) -> Result<Value, ErrorKind> {
    let robot = Robot::new().await;
    robot.fault("token.code", fault).await;
    let answer = robot.connect(&[]).await;
    judge(&robot, text(&answer, "id_token")).await
}

#[tokio::test]
async fn a_true_one_says_everything() {
    let robot = Robot::new().await;
    let answer = robot.connect(&[("login_hint", "chioma@school.example")]).await;
    let claims = judge(&robot, text(&answer, "id_token"))
        .await
        .expect("it is true");
    assert_eq!(claims["sub"], "100000000000000000003");
    assert_eq!(claims["azp"], CLIENT_ID);
    assert_eq!(
        (&claims["email"], &claims["email_verified"]),
        (&json!("chioma@school.example"), &json!(true))
    );
    assert_eq!(claims["hd"], "school.example");
    assert_eq!(claims["name"], "Chioma Work");
    assert_eq!(claims["nonce"], "the-nonce");
    assert_eq!(text(&claims, "at_hash").len(), 22);
    let picture = robot
        .http
        .get(text(&claims, "picture"))
        .send()
        .await
        .expect("answered");
    assert_eq!(picture.headers()["content-type"], "image/png");
    assert!(picture.bytes().await.expect("bytes").starts_with(b"\x89PNG"));
}

#[tokio::test]
async fn less_asked_less_said() {
    let robot = Robot::new().await;
    let answer = robot.connect(&[("scope", "openid"), ("nonce", "")]).await;
    let claims = judge(&robot, text(&answer, "id_token"))
        .await
        .expect("it is true");
    for absent in ["email", "name", "picture", "nonce", "hd"] {
        assert!(claims.get(absent).is_none(), "{absent}");
    }
    let without = robot.connect(&[("scope", "email")]).await;
    assert!(without.get("id_token").is_none(), "openid was not asked");
}

#[tokio::test]
async fn well_signed_and_untrue() {
    assert_eq!(spoilt("wrong-iss").await.err(), Some(ErrorKind::InvalidIssuer));
    assert_eq!(spoilt("wrong-aud").await.err(), Some(ErrorKind::InvalidAudience));
    assert_eq!(
        spoilt("id-token-expired").await.err(),
        Some(ErrorKind::ExpiredSignature)
    );
    assert_ne!(spoilt("wrong-nonce").await.expect("signed")["nonce"], "the-nonce");
    assert!(
        spoilt("missing-nonce")
            .await
            .expect("signed")
            .get("nonce")
            .is_none()
    );
    assert_eq!(
        spoilt("wrong-sub").await.expect("signed")["sub"],
        "999999999999999999999"
    );
    assert_eq!(
        spoilt("wrong-at-hash").await.expect("signed")["at_hash"],
        "AAAAAAAAAAAAAAAAAAAAAA"
    );
}

#[tokio::test]
async fn badly_signed_or_not_at_all() {
    assert_eq!(
        spoilt("id-token-bad-signature").await.err(),
        Some(ErrorKind::InvalidSignature)
    );
    let robot = Robot::new().await;
    robot.fault("token.code", "id-token-unsigned").await;
    let answer = robot.connect(&[]).await;
    let id_token = text(&answer, "id_token");
    assert!(
        id_token.ends_with('.') && decode_header(id_token).is_err(),
        "its algorithm is none"
    );
}

#[tokio::test]
async fn a_rotated_key_signs_and_is_published() {
    let robot = Robot::new().await;
    let before = robot.connect(&[]).await;
    robot.control("keys", json!({"rotate": true})).await;
    let after = robot.connect(&[]).await;
    let key = |answer: &Value| decode_header(text(answer, "id_token")).expect("a header").kid;
    assert_ne!(key(&before), key(&after));
    assert!(judge(&robot, text(&before, "id_token")).await.is_ok());
    assert!(judge(&robot, text(&after, "id_token")).await.is_ok());
}

#[tokio::test]
async fn userinfo_agrees_and_can_be_made_to_disagree() {
    let robot = Robot::new().await;
    let answer = robot.connect(&[]).await;
    let ask = async |path: &str, token: &str| {
        let response = robot
            .http
            .get(robot.url(path))
            .bearer_auth(token)
            .send()
            .await
            .expect("answered");
        (
            response.status().as_u16(),
            response.json::<Value>().await.expect("JSON"),
        )
    };
    let token = text(&answer, "access_token");
    for path in ["/v1/userinfo", "/oauth2/v3/userinfo"] {
        let (status, about) = ask(path, token).await;
        assert_eq!((status, text(&about, "email")), (200, "alice@example.com"));
    }
    robot.fault("userinfo", "wrong-sub").await;
    assert_eq!(ask("/v1/userinfo", token).await.1["sub"], "999999999999999999999");
    let (status, refused) = ask("/v1/userinfo", "nonsense").await;
    assert_eq!(
        (status, text(&refused, "error_description")),
        (401, "Invalid Credentials")
    );
}
