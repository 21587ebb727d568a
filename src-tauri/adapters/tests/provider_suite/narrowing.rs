//! A refresh for less than the whole grant (RFC 6749 6).

use evergrant_domain::{Api, Code, Lease, RefreshToken, ScopeSet, time::Seconds};
use evergrant_engine::ports::{ProbeAnswer, Provider};
use serde_json::json;

use crate::bench::{Bench, EVERYTHING, client};

const CALENDAR: &str = "https://www.googleapis.com/auth/calendar";

async fn connected() -> (Bench, RefreshToken) {
    let bench = Bench::new().await;
    let grant = bench.connect(EVERYTHING).await.expect("a grant");
    (bench, grant.refresh_token.expect("lasting access"))
}

async fn narrowed(bench: &Bench, token: &RefreshToken, scopes: &str) -> Result<Lease, Code> {
    let scopes = ScopeSet::parse(scopes);
    let fresh = bench.provider.refresh(&client(), token, Some(&scopes)).await;
    fresh.map(|fresh| fresh.lease).map_err(|fault| fault.code)
}

/// The APIs that a lease really opens.
async fn opened(bench: &Bench, lease: &Lease) -> Vec<Api> {
    let mut opened = vec![];
    for api in Api::ALL {
        match bench.provider.probe(api, &lease.token).await.expect("an answer") {
            ProbeAnswer::Works => opened.push(api),
            answer => assert_eq!(answer, ProbeAnswer::NotAllowed, "{api:?}"),
        }
    }
    opened
}

#[tokio::test]
async fn the_lease_opens_what_was_asked_and_nothing_else() {
    let (bench, token) = connected().await;
    let lease = narrowed(&bench, &token, CALENDAR).await.expect("a lease");
    assert_eq!(lease.scopes, ScopeSet::parse(CALENDAR));
    assert_eq!(opened(&bench, &lease).await, [Api::Calendar]);
    let whole = bench
        .provider
        .refresh(&client(), &token, None)
        .await
        .expect("fresh");
    assert_eq!(
        whole.lease.scopes,
        ScopeSet::parse(EVERYTHING),
        "the grant is as it was"
    );
    assert_eq!(opened(&bench, &whole.lease).await, Api::ALL);
}

#[tokio::test]
async fn sign_in_alone_says_who_it_is_and_opens_nothing() {
    let (bench, token) = connected().await;
    let lease = narrowed(&bench, &token, "openid email").await.expect("a lease");
    assert_eq!(lease.scopes, ScopeSet::parse("openid email"), "not the profile");
    assert!(opened(&bench, &lease).await.is_empty());
    let person = bench.provider.person(&lease.token).await.expect("a person");
    assert_eq!(person.email.as_deref(), Some("alice@example.com"));
}

#[tokio::test]
async fn scopes_that_were_not_granted_are_refused_and_the_grant_lives() {
    let (bench, token) = connected().await;
    for more in [
        "https://www.googleapis.com/auth/unheard.of",
        "https://www.googleapis.com/auth/documents",
        "https://www.googleapis.com/auth/calendar https://www.googleapis.com/auth/documents",
    ] {
        let refused = narrowed(&bench, &token, more).await.expect_err(more);
        assert_eq!(refused, Code::RequestRefused, "{more}");
    }
    assert!(narrowed(&bench, &token, CALENDAR).await.is_ok());
    assert!(bench.provider.refresh(&client(), &token, None).await.is_ok());
}

#[tokio::test]
async fn a_dead_grant_is_dead_for_less_too() {
    let (bench, token) = connected().await;
    bench.provider.revoke(&client(), &token).await.expect("revoked");
    let dead = narrowed(&bench, &token, CALENDAR).await.expect_err("dead");
    assert!(dead.ends_grant(), "{dead:?}");
}

#[tokio::test]
async fn scopes_are_sent_only_when_less_is_wanted() {
    let (bench, token) = connected().await;
    let named = async || {
        let log = bench.look("log").await;
        let requests = log["requests"].as_array().expect("a list").clone();
        let last = requests
            .into_iter()
            .rfind(|request| request["endpoint"] == "token.refresh");
        let parameters = last.expect("noted")["parameters"].clone();
        parameters.as_array().expect("names").contains(&json!("scope"))
    };
    bench
        .provider
        .refresh(&client(), &token, None)
        .await
        .expect("fresh");
    assert!(!named().await, "unchanged is said by saying nothing");
    narrowed(&bench, &token, CALENDAR).await.expect("a lease");
    assert!(named().await);
}

#[tokio::test]
async fn where_it_is_ignored_the_lease_says_so() {
    let (bench, token) = connected().await;
    bench.control("project", json!({"narrowing": false})).await;
    let lease = narrowed(&bench, &token, CALENDAR).await.expect("a lease");
    assert_eq!(lease.scopes, ScopeSet::parse(EVERYTHING));
    assert_eq!(opened(&bench, &lease).await, Api::ALL, "and so it is");
}

#[tokio::test]
async fn a_token_rotated_meanwhile_is_good_for_everything() {
    let (bench, token) = connected().await;
    bench.control("project", json!({"rotates": true})).await;
    let scopes = ScopeSet::parse(CALENDAR);
    let fresh = bench.provider.refresh(&client(), &token, Some(&scopes)).await;
    let rotated = fresh.expect("fresh").rotated.expect("a new one");
    let whole = bench
        .provider
        .refresh(&client(), &rotated, None)
        .await
        .expect("fresh");
    assert_eq!(whole.lease.scopes, ScopeSet::parse(EVERYTHING));
}

#[tokio::test]
async fn who_is_busy_says_how_long_and_others_do_not() {
    let (bench, token) = connected().await;
    for (plan, wait) in [
        (
            json!({"fault": "rate-limited", "retry_after": 30}),
            Some(Seconds(30)),
        ),
        (
            json!({"fault": "rate-limited", "retry_after": 86_400}),
            Some(Seconds(3_600)),
        ),
        (json!({"fault": "rate-limited"}), None),
    ] {
        bench.fault("token.refresh", plan.clone()).await;
        let fault = bench.provider.refresh(&client(), &token, None).await;
        let fault = fault.expect_err("busy");
        assert_eq!(
            (fault.code, fault.retry_after),
            (Code::ProviderBusy, wait),
            "{plan}"
        );
    }
}
