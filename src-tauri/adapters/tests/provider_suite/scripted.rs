//! Answers that no honest server gives, and how often each question is asked.

use evergrant_adapters::provider::practice;
use evergrant_domain::{AccessToken, Code, RefreshToken, time::Seconds};
use evergrant_engine::ports::Provider;
use serde_json::json;

use crate::{
    bench::{adapter, client},
    script::{Script, answer, json as json_answer},
};

fn token() -> RefreshToken {
    RefreshToken::new("1//0canary")
}

async fn refreshed(answers: Vec<Vec<u8>>) -> (Script, Result<bool, Code>) {
    let script = Script::start(|_| answers).await;
    let provider = adapter(practice(&script.base, "https://id.example"));
    let outcome = provider.refresh(&client(), &token(), None).await;
    let outcome = outcome
        .map(|fresh| fresh.rotated.is_some())
        .map_err(|fault| fault.code);
    (script, outcome)
}

#[tokio::test]
async fn the_same_refresh_token_again_is_no_news() {
    let same = json!({"access_token": "a", "expires_in": 1, "refresh_token": token().expose()});
    assert_eq!(refreshed(vec![json_answer(&same)]).await.1, Ok(false));
    let other = json!({"access_token": "a", "expires_in": 1, "refresh_token": "another"});
    assert_eq!(refreshed(vec![json_answer(&other)]).await.1, Ok(true));
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    for (location, code) in [
        ("/elsewhere", Code::ProviderUnreadable),
        ("http://login.hotel.example/?from=us", Code::CaptivePortal),
    ] {
        let head =
            format!("HTTP/1.1 307 Temporary Redirect\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n");
        let fine = json_answer(&json!({"access_token": "a"}));
        let (script, outcome) = refreshed(vec![head.into_bytes(), fine]).await;
        assert_eq!(outcome, Err(code), "{location}");
        assert_eq!(script.heard().len(), 1, "the token was sent to one place only");
    }
}

#[tokio::test]
async fn a_page_is_no_answer_and_ends_nothing() {
    let page = || answer("200 OK", "text/html", "<html>Welcome to the hotel</html>");
    assert_eq!(refreshed(vec![page()]).await.1, Err(Code::CaptivePortal));
    let script = Script::start(|_| vec![page()]).await;
    let provider = adapter(practice(&script.base, "https://id.example"));
    let revoked = provider.revoke(&client(), &token()).await;
    let fault = revoked.expect_err("a page ends no grant");
    assert_eq!(fault.code, Code::CaptivePortal);
}

#[tokio::test]
async fn a_server_that_is_down_says_when_to_come_back() {
    let busy = b"HTTP/1.1 503 Busy\r\nretry-after: 40\r\ncontent-length: 0\r\n\r\n";
    let script = Script::start(|_| vec![busy.to_vec()]).await;
    let provider = adapter(practice(&script.base, "https://id.example"));
    let fault = provider
        .refresh(&client(), &token(), None)
        .await
        .expect_err("down");
    assert_eq!(
        (fault.code, fault.retry_after),
        (Code::ProviderDown, Some(Seconds(40)))
    );
}

#[tokio::test]
async fn a_refresh_is_asked_once() {
    for first in [answer("503 Busy", "text/html", "<p>busy"), Vec::new()] {
        let fine = json_answer(&json!({"access_token": "a"}));
        let (script, outcome) = refreshed(vec![first, fine]).await;
        assert!(outcome.is_err());
        assert_eq!(script.heard().len(), 1, "trying again is the engine's");
    }
}

#[tokio::test]
async fn an_endless_answer_is_cut_off() {
    let mut endless = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n".to_vec();
    endless.extend(br#"{"access_token":"a","expires_in":60}"#);
    assert_eq!(
        refreshed(vec![endless.clone()]).await.1,
        Ok(false),
        "fine as it is"
    );
    endless.extend(vec![b' '; 2 * 1024 * 1024]);
    assert_eq!(refreshed(vec![endless]).await.1, Err(Code::ProviderUnreadable));
}

#[tokio::test]
async fn garbage_is_no_answer() {
    assert_eq!(
        refreshed(vec![b"SSH-2.0-nonsense\r\n".to_vec()]).await.1,
        Err(Code::Offline)
    );
    assert_eq!(
        refreshed(vec![json_answer(&json!([1]))]).await.1,
        Err(Code::ProviderUnreadable)
    );
    let strange = json!({"access_token": "a", "token_type": "mac"});
    assert_eq!(
        refreshed(vec![json_answer(&strange)]).await.1,
        Err(Code::ProviderUnreadable)
    );
}

#[tokio::test]
async fn nobody_there_is_offline() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let provider = adapter(practice(&base, "https://id.example"));
    let fault = provider
        .refresh(&client(), &token(), None)
        .await
        .expect_err("nobody");
    assert_eq!(fault.code, Code::Offline);
}

#[tokio::test]
async fn a_connection_that_cannot_be_trusted_is_offline_and_learns_nothing() {
    let script = Script::start(|_| vec![b"no TLS here".to_vec()]).await;
    let base = script.base.replace("http://", "https://");
    let provider = adapter(practice(&base, "https://id.example"));
    let fault = provider
        .refresh(&client(), &token(), None)
        .await
        .expect_err("no TLS");
    assert_eq!(fault.code, Code::Offline);
    assert!(script.heard().iter().all(|request| !request.contains("canary")));
}

#[tokio::test]
async fn only_three_kinds_of_picture_are_taken() {
    let png = b"\x89PNG\r\n\x1a\nrest";
    let mut long = png.to_vec();
    long.resize(256 * 1024 + 1, 0);
    for (media_type, body, expected) in [
        ("text/plain", png.to_vec(), Ok("image/png")),
        (
            "image/png",
            b"<svg onload='x'/>".to_vec(),
            Err(Code::ProviderUnreadable),
        ),
        ("image/svg+xml", b"<svg/>".to_vec(), Err(Code::ProviderUnreadable)),
        ("image/png", long, Err(Code::ProviderUnreadable)),
    ] {
        let script = Script::start(|_| vec![answer("200 OK", media_type, body)]).await;
        let provider = adapter(practice(&script.base, "https://id.example"));
        let picture = provider.picture(&format!("{}/a.png", script.base)).await;
        let taken = picture
            .map(|picture| picture.media_type)
            .map_err(|fault| fault.code);
        assert_eq!(taken, expected, "{media_type}");
        assert!(
            script
                .heard()
                .iter()
                .all(|request| !request.to_lowercase().contains("authorization"))
        );
    }
}

#[tokio::test]
async fn a_picture_is_fetched_encrypted_or_from_here() {
    let provider = adapter(practice("http://127.0.0.1:9", "https://id.example"));
    for address in [
        "http://pictures.example/a.png",
        "file:///etc/passwd",
        "data:image/png;base64,AA",
        "",
    ] {
        let fault = provider.picture(address).await.expect_err(address);
        assert_eq!(fault.code, Code::ProviderUnreadable, "{address}");
    }
}

#[tokio::test]
async fn a_token_that_no_header_can_carry_is_not_sent() {
    let provider = adapter(practice("http://127.0.0.1:9", "https://id.example"));
    let split = AccessToken::new("a\r\nx: y");
    let fault = provider.person(&split).await.expect_err("two lines");
    assert_eq!(fault.code, Code::ProviderUnreadable);
}
