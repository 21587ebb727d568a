//! Refresh, revocation, who it is, the cheap calls and the picture.

use evergrant_domain::{AccessToken, Api, Client, ClientSecret, Code, RefreshToken};
use evergrant_engine::ports::{ProbeAnswer, Provider};
use evergrant_practice::{SECOND_CLIENT_ID, SECOND_CLIENT_SECRET};
use serde_json::json;

use crate::bench::{Bench, EVERYTHING, client};

async fn connected(scopes: &str) -> (Bench, RefreshToken, AccessToken) {
    let bench = Bench::new().await;
    let grant = bench.connect(scopes).await.expect("a grant");
    (
        bench,
        grant.refresh_token.expect("lasting access"),
        grant.lease.token,
    )
}

#[tokio::test]
async fn a_refresh_brings_a_lease_and_keeps_the_token() {
    let (bench, token, first) = connected(EVERYTHING).await;
    let fresh = bench
        .provider
        .refresh(&client(), &token, None)
        .await
        .expect("fresh");
    assert_ne!(fresh.lease.token, first);
    assert!(fresh.lease.scopes.has("https://www.googleapis.com/auth/drive"));
    assert_eq!(fresh.rotated, None, "absent is not removed");
}

#[tokio::test]
async fn a_rotated_token_is_handed_over() {
    let (bench, token, _) = connected("openid").await;
    bench.control("project", json!({"rotates": true})).await;
    let fresh = bench
        .provider
        .refresh(&client(), &token, None)
        .await
        .expect("fresh");
    let rotated = fresh.rotated.expect("a new one");
    assert_ne!(rotated, token);
    assert!(bench.provider.refresh(&client(), &rotated, None).await.is_ok());
}

#[tokio::test]
async fn dead_grants_are_told_apart() {
    let email = "alice@example.com";
    for (change, code) in [
        (json!({"email": email, "removed_app": true}), Code::GrantEnded),
        (
            json!({"email": email, "password_changed": true}),
            Code::GrantEnded,
        ),
        (json!({"email": email, "deleted": true}), Code::AccountDeleted),
        (json!({"email": email, "rapt": true}), Code::SignInExpired),
        (
            json!({"email": email, "rapt": "rapt_required"}),
            Code::SignInExpired,
        ),
    ] {
        let (bench, token, _) = connected(EVERYTHING).await;
        bench.control("user", change.clone()).await;
        let fault = bench
            .provider
            .refresh(&client(), &token, None)
            .await
            .expect_err("dead");
        assert_eq!(fault.code, code, "{change}");
    }
    let (bench, ..) = connected("openid").await;
    let unknown = RefreshToken::new("1//0mangled");
    let fault = bench
        .provider
        .refresh(&client(), &unknown, None)
        .await
        .expect_err("unknown");
    assert_eq!(fault.code, Code::GrantUnknown);
}

#[tokio::test]
async fn trouble_with_the_client_is_not_trouble_with_the_grant() {
    let (bench, token, _) = connected("openid").await;
    let second = Client {
        id: SECOND_CLIENT_ID.to_owned(),
        secret: Some(ClientSecret::new(SECOND_CLIENT_SECRET)),
    };
    let mismatch = bench
        .provider
        .refresh(&second, &token, None)
        .await
        .expect_err("another's");
    assert_eq!(mismatch.code, Code::ClientMismatch);
    bench.control("project", json!({"client_deleted": true})).await;
    let deleted = bench
        .provider
        .refresh(&client(), &token, None)
        .await
        .expect_err("deleted");
    assert_eq!(deleted.code, Code::ClientDeleted);
    bench.control("project", json!({"client_deleted": false})).await;
    assert!(
        bench.provider.refresh(&client(), &token, None).await.is_ok(),
        "nothing was lost"
    );
}

#[tokio::test]
async fn an_administrator_can_block_a_work_account() {
    let mut bench = Bench::new().await;
    bench.who = "chioma";
    let grant = bench.connect("openid email").await.expect("a grant");
    assert_eq!(grant.person.organisation.as_deref(), Some("school.example"));
    let token = grant.refresh_token.expect("lasting access");
    bench.control("project", json!({"admin_policy": true})).await;
    let blocked = bench
        .provider
        .refresh(&client(), &token, None)
        .await
        .expect_err("blocked");
    assert_eq!(blocked.code, Code::AdministratorBlocked);
}

#[tokio::test]
async fn revoking_ends_the_grant_and_again_is_fine() {
    let (bench, token, _) = connected("openid").await;
    bench.provider.revoke(&client(), &token).await.expect("revoked");
    let dead = bench
        .provider
        .refresh(&client(), &token, None)
        .await
        .expect_err("dead");
    assert!(dead.code.ends_grant());
    bench
        .provider
        .revoke(&client(), &token)
        .await
        .expect("already gone");
}

#[tokio::test]
async fn a_revocation_whose_answer_is_lost_is_found_done() {
    let (bench, token, _) = connected("openid").await;
    bench
        .fault("revoke", json!({"fault": "revoke-answer-lost"}))
        .await;
    let lost = bench
        .provider
        .revoke(&client(), &token)
        .await
        .expect_err("no answer");
    assert_eq!(lost.code, Code::Offline);
    bench
        .provider
        .revoke(&client(), &token)
        .await
        .expect("it had been done");
}

#[tokio::test]
async fn google_is_sent_the_token_alone_to_revoke() {
    let (bench, token, _) = connected("openid").await;
    bench.provider.revoke(&client(), &token).await.expect("revoked");
    let log = bench.look("log").await;
    let requests = log["requests"].as_array().expect("a list");
    let revoke = requests
        .iter()
        .find(|request| request["endpoint"] == "revoke")
        .expect("noted");
    assert_eq!(revoke["parameters"], json!(["token"]));
}

#[tokio::test]
async fn userinfo_says_who_it_is() {
    let (bench, token, lease) = connected(EVERYTHING).await;
    let person = bench.provider.person(&lease).await.expect("a person");
    assert_eq!(person.email.as_deref(), Some("alice@example.com"));
    assert_eq!(person.subject.issuer, bench.practice.base_url());
    bench.provider.revoke(&client(), &token).await.expect("revoked");
    let fault = bench.provider.person(&lease).await.expect_err("ended");
    assert_eq!(fault.code, Code::ProviderRefused);
}

#[tokio::test]
async fn each_api_works_is_switched_off_or_not_allowed() {
    let (bench, _, all) = connected(EVERYTHING).await;
    let none = bench.connect("openid").await.expect("a grant").lease.token;
    for (api, name) in [
        (Api::Gmail, "gmail"),
        (Api::Calendar, "calendar"),
        (Api::Drive, "drive"),
        (Api::Contacts, "contacts"),
    ] {
        let probe = |token| bench.provider.probe(api, token);
        assert_eq!(probe(&all).await, Ok(ProbeAnswer::Works), "{api:?}");
        assert_eq!(probe(&none).await, Ok(ProbeAnswer::NotAllowed), "{api:?}");
        bench.control("project", json!({"apis": {name: false}})).await;
        assert_eq!(probe(&all).await, Ok(ProbeAnswer::SwitchedOff), "{api:?}");
        let stranger = probe(&AccessToken::new("ya29.stranger"))
            .await
            .expect_err("not accepted");
        assert_eq!(stranger.code, Code::ProviderRefused, "{api:?}");
    }
}

#[tokio::test]
async fn the_picture_is_fetched() {
    let (bench, _, lease) = connected("openid profile").await;
    let address = bench
        .provider
        .person(&lease)
        .await
        .expect("a person")
        .picture
        .expect("an address");
    let picture = bench.provider.picture(&address).await.expect("a picture");
    assert_eq!(picture.media_type, "image/png");
    assert!(picture.bytes.starts_with(b"\x89PNG"));
}

/// The test above once more, with a proxy set that is not there.
#[test]
fn what_stays_on_this_computer_goes_past_any_proxy() {
    let again = std::process::Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "keeping::the_picture_is_fetched"])
        .env("http_proxy", "http://127.0.0.1:9")
        .env("HTTP_PROXY", "http://127.0.0.1:9")
        .env_remove("no_proxy")
        .env_remove("NO_PROXY")
        .output()
        .expect("run");
    let said = String::from_utf8_lossy(&again.stdout);
    assert!(said.contains("1 passed"), "{said}");
}
