//! From the consent link to a grant, and every way in which the `id_token` can be wrong.

use evergrant_domain::{Client, Code, Scope, ScopeSet, consent::ask::Purpose, time::Seconds};
use evergrant_engine::ports::Clock;
use serde_json::json;
use std::collections::HashMap;
use url::Url;

use crate::bench::{Bench, EVERYTHING, REDIRECT, client};

fn parameters(link: &str) -> HashMap<String, String> {
    Url::parse(link)
        .expect("a link")
        .query_pairs()
        .into_owned()
        .collect()
}

#[tokio::test]
async fn the_link_asks_for_lasting_access_and_nothing_forbidden() {
    let bench = Bench::new().await;
    let link = bench
        .link("openid email profile", &Purpose::Adding)
        .await
        .expect("a link");
    let asked = parameters(&link);
    for (name, value) in [
        ("response_type", "code"),
        ("redirect_uri", REDIRECT),
        ("scope", "email profile openid"),
        ("state", "the-state"),
        ("nonce", "the-nonce"),
        ("access_type", "offline"),
        ("prompt", "select_account consent"),
        ("code_challenge_method", "S256"),
        // RFC 7636 appendix B.
        ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
    ] {
        let found = asked.get(name).map(String::as_str).unwrap_or_default();
        let same = if name == "scope" {
            ScopeSet::parse(found) == ScopeSet::parse(value) && !found.contains("userinfo")
        } else {
            found == value
        };
        assert!(same, "{name} is {found}");
    }
    for never in [
        "approval_prompt",
        "include_granted_scopes",
        "client_secret",
        "code_verifier",
        "login_hint",
    ] {
        assert!(!asked.contains_key(never), "{never}");
    }
    let login_hint = "alice@example.com".to_owned();
    let link = bench
        .link("openid", &Purpose::Renewing { login_hint })
        .await
        .expect("a link");
    let asked = parameters(&link);
    assert_eq!(asked["prompt"], "consent");
    assert_eq!(asked["login_hint"], "alice@example.com");
}

#[tokio::test]
async fn a_consent_becomes_a_grant() {
    let bench = Bench::new().await;
    let before = evergrant_adapters::clock::SystemClock.moment();
    let grant = bench.connect(EVERYTHING).await.expect("a grant");
    assert_eq!(grant.person.subject.issuer, bench.practice.base_url());
    assert_eq!(grant.person.email.as_deref(), Some("alice@example.com"));
    assert!(grant.person.name.is_some() && grant.person.picture.is_some());
    assert!(
        ScopeSet::parse(EVERYTHING)
            .missing_from(&grant.granted)
            .is_empty()
    );
    assert!(grant.granted.has(Scope::EMAIL), "in either spelling");
    assert!(grant.refresh_token.is_some());
    let lasts = grant.lease.expires_at() - before.wall;
    assert!((3_590..=3_610).contains(&lasts.0), "{lasts:?}");
    assert!(grant.lease.serves(before, Seconds(3_000)));
}

#[tokio::test]
async fn an_app_in_testing_says_when_its_grant_ends() {
    let bench = Bench::new().await;
    bench.control("project", json!({"status": "testing"})).await;
    let now = evergrant_adapters::clock::SystemClock.now();
    let grant = bench.connect(EVERYTHING).await.expect("a grant");
    let left = grant.ends_at.expect("an end") - now;
    assert!((604_700..=604_900).contains(&left.0), "seven days: {left:?}");
}

#[tokio::test]
async fn a_code_counts_once() {
    let bench = Bench::new().await;
    let code = bench.consent("openid").await;
    assert!(bench.exchange(&code, "openid").await.is_ok());
    let again = bench.exchange(&code, "openid").await.expect_err("used");
    assert_eq!(again.code, Code::CodeRefused);
    let mangled = bench.exchange("4/0mangled", "openid").await.expect_err("mangled");
    assert_eq!(mangled.code, Code::CodeRefused);
}

#[tokio::test]
async fn a_wrong_client_is_told_apart() {
    let bench = Bench::new().await;
    for (id, secret, code) in [
        ("nobody", Some("x"), Code::ClientRefused),
        (&client().id[..], Some("wrong"), Code::ClientRefused),
        (&client().id[..], None, Code::RequestRefused),
    ] {
        let wrong = Client {
            id: id.to_owned(),
            secret: secret.map(evergrant_domain::ClientSecret::new),
        };
        let consent = bench.consent("openid").await;
        let fault = bench
            .exchange_as(&wrong, &consent, "openid")
            .await
            .expect_err("refused");
        assert_eq!(fault.code, code, "{id} {secret:?}");
    }
}

#[tokio::test]
async fn an_untrue_id_token_proves_nothing() {
    let bench = Bench::new().await;
    for fault in [
        "wrong-iss",
        "wrong-nonce",
        "missing-nonce",
        "wrong-aud",
        "wrong-at-hash",
        "id-token-expired",
        "id-token-unsigned",
        "id-token-bad-signature",
        "id-token-missing",
    ] {
        let code = bench.consent("openid").await;
        bench.fault("token.code", json!({"fault": fault})).await;
        let refused = bench.exchange(&code, "openid").await.expect_err(fault);
        assert_eq!(refused.code, Code::IdentityUnproven, "{fault}");
    }
    assert!(
        bench.connect("openid").await.is_ok(),
        "and nothing is broken by it"
    );
}

#[tokio::test]
async fn another_person_is_said_to_be_another() {
    let bench = Bench::new().await;
    let alice = bench.connect("openid").await.expect("a grant").person.subject;
    let code = bench.consent("openid").await;
    bench.fault("token.code", json!({"fault": "wrong-sub"})).await;
    let other = bench
        .exchange(&code, "openid")
        .await
        .expect("a grant")
        .person
        .subject;
    assert_ne!(alice, other);
}

#[tokio::test]
async fn new_signing_keys_are_fetched_when_they_are_met() {
    let bench = Bench::new().await;
    let rotation = json!({"rotate": true, "publish_only_current": true});
    bench.control("keys", rotation.clone()).await;
    bench.connect("openid").await.expect("with one key");
    bench.control("keys", rotation).await;
    bench.connect("openid").await.expect("with the other key");
    bench.connect("openid").await.expect("from the copy");
    let log = bench.look("log").await;
    let fetched = log["requests"].as_array().expect("a list").iter();
    let fetched = fetched.filter(|request| request["endpoint"] == "certs").count();
    assert_eq!(fetched, 2, "once at first, once for the unknown key");
}

#[tokio::test]
async fn keys_that_cannot_be_had_cost_no_code() {
    let bench = Bench::new().await;
    let code = bench.consent("openid").await;
    bench
        .fault("certs", json!({"fault": "html-error", "status": 503, "count": 2}))
        .await;
    let fault = bench.exchange(&code, "openid").await.expect_err("no keys");
    assert_eq!(fault.code, Code::ProviderDown);
    assert!(
        bench.exchange(&code, "openid").await.is_ok(),
        "the code is still good"
    );
}
