//! A stranger's client library signs in: discovery, exchange and verification as it does them.

use crate::robot::{CHALLENGE, REDIRECT, Robot, VERIFIER};
use evergrant_practice::{CLIENT_ID, CLIENT_SECRET, Options, PRACTICE_ISSUER};
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, IssuerUrl, Nonce, OAuth2TokenResponse as _, PkceCodeVerifier,
    RedirectUrl, TokenResponse as _,
    core::{CoreClient, CoreProviderMetadata},
    http,
};
use serde_json::Value;

type Failure = reqwest::Error;

async fn send(
    client: &reqwest::Client,
    request: http::Request<Vec<u8>>,
) -> Result<http::Response<Vec<u8>>, Failure> {
    let (parts, body) = request.into_parts();
    let response = client
        .request(parts.method, parts.uri.to_string())
        .headers(parts.headers)
        .body(body)
        .send()
        .await?;
    let mut answer = http::Response::new(Vec::new());
    *answer.status_mut() = response.status();
    *answer.headers_mut() = response.headers().clone();
    *answer.body_mut() = response.bytes().await?.to_vec();
    Ok(answer)
}

#[tokio::test]
async fn openidconnect_discovers_exchanges_and_verifies() {
    let robot = Robot::new().await;
    let http = |request| send(&robot.http, request);
    let issuer = IssuerUrl::new(robot.practice.base_url()).expect("an address");
    let provider = CoreProviderMetadata::discover_async(issuer, &http)
        .await
        .expect("discovered");
    let client = CoreClient::from_provider_metadata(
        provider,
        ClientId::new(CLIENT_ID.to_owned()),
        Some(ClientSecret::new(CLIENT_SECRET.to_owned())),
    )
    .set_redirect_uri(RedirectUrl::new(REDIRECT.to_owned()).expect("an address"));
    let code = robot.code(&[("code_challenge", CHALLENGE)]).await;
    let tokens = client
        .exchange_code(AuthorizationCode::new(code))
        .expect("the token endpoint is known")
        .set_pkce_verifier(PkceCodeVerifier::new(VERIFIER.to_owned()))
        .request_async(&http)
        .await
        .expect("exchanged");
    let id_token = tokens.id_token().expect("openid was asked");
    let nonce = Nonce::new("the-nonce".to_owned());
    let claims = id_token
        .claims(&client.id_token_verifier(), &nonce)
        .expect("it is true");
    assert_eq!(
        claims.email().map(|email| email.as_str()),
        Some("alice@example.com")
    );
    let other = Nonce::new("another".to_owned());
    assert!(id_token.claims(&client.id_token_verifier(), &other).is_err());
    let refresh_token = tokens.refresh_token().expect("offline was asked");
    let refreshed = client
        .exchange_refresh_token(refresh_token)
        .expect("the token endpoint is known")
        .request_async(&http)
        .await
        .expect("refreshed");
    assert!(refreshed.refresh_token().is_none());
}

#[tokio::test]
async fn the_document_tells_where_everything_is() {
    let robot = Robot::with(Options {
        issuer: Some(PRACTICE_ISSUER.to_owned()),
        ..Options::default()
    })
    .await;
    let read = async || {
        let request = robot.http.get(robot.url("/.well-known/openid-configuration"));
        request
            .send()
            .await
            .expect("answered")
            .json::<Value>()
            .await
            .expect("JSON")
    };
    let document = read().await;
    assert_eq!(document["issuer"], PRACTICE_ISSUER);
    assert_eq!(document["authorization_response_iss_parameter_supported"], true);
    for name in ["authorization", "token", "userinfo", "revocation"] {
        let address = document[format!("{name}_endpoint")].as_str().expect("an address");
        assert!(address.starts_with(&robot.practice.base_url()), "{name}");
    }
    robot.fault("discovery", "wrong-iss").await;
    assert_eq!(read().await["issuer"], "https://elsewhere.invalid");
}
