//! Every fault a server can have, at every endpoint: the code it becomes, and that nothing hangs.

use std::time::{Duration, Instant};

use evergrant_domain::{Code, RefreshToken, Timestamp};
use evergrant_engine::ports::{Clock, Provider};
use serde_json::{Value, json};

use crate::bench::{Bench, client};

/// What must come of it.
type Outcome = Result<(), Code>;

struct Row {
    fault: Value,
    code: Outcome,
    refresh: Outcome,
    userinfo: Outcome,
    revoke: Outcome,
}

fn row(fault: Value, outcomes: [Outcome; 4]) -> Row {
    let [code, refresh, userinfo, revoke] = outcomes;
    Row {
        fault,
        code,
        refresh,
        userinfo,
        revoke,
    }
}

/// Columns: code exchange, refresh, userinfo, revocation.
fn rows() -> Vec<Row> {
    let lost = Err(Code::AnswerLost);
    let silent = Err(Code::ProviderSilent);
    let offline = Err(Code::Offline);
    let busy = Err(Code::ProviderBusy);
    let down = Err(Code::ProviderDown);
    let unreadable = Err(Code::ProviderUnreadable);
    let fine = Ok(());
    vec![
        row(json!({"fault": "latency", "milliseconds": 200}), [fine; 4]),
        row(
            json!({"fault": "slow-drip", "milliseconds": 1_000, "bytes": 1}),
            [lost, silent, silent, silent],
        ),
        row(
            json!({"fault": "hang-before-headers"}),
            [lost, silent, silent, silent],
        ),
        row(
            json!({"fault": "hang-after-headers"}),
            [lost, silent, silent, silent],
        ),
        row(
            json!({"fault": "reset-mid-body"}),
            [lost, offline, offline, offline],
        ),
        row(json!({"fault": "answer-lost"}), [lost, offline, offline, offline]),
        row(json!({"fault": "rate-limited"}), [busy; 4]),
        row(json!({"fault": "rate-limited", "retry_after": 7}), [busy; 4]),
        row(json!({"fault": "forbidden"}), [busy; 4]),
        row(json!({"fault": "html-error", "status": 500}), [down; 4]),
        row(json!({"fault": "html-error", "status": 502}), [down; 4]),
        row(json!({"fault": "html-error", "status": 503}), [down; 4]),
        row(
            json!({"fault": "truncated-json"}),
            [lost, unreadable, unreadable, fine],
        ),
        row(
            json!({"fault": "empty-body"}),
            [lost, unreadable, unreadable, fine],
        ),
        row(
            json!({"fault": "huge-body"}),
            [lost, unreadable, unreadable, unreadable],
        ),
        row(json!({"fault": "wrong-content-type"}), [fine; 4]),
        row(json!({"fault": "unknown-fields"}), [fine; 4]),
    ]
}

async fn within_time<T>(what: &str, call: impl Future<Output = T>) -> T {
    let begun = Instant::now();
    let outcome = call.await;
    assert!(
        begun.elapsed() < Duration::from_secs(4),
        "{what} took {:?}",
        begun.elapsed()
    );
    outcome
}

fn code<T>(result: Result<T, evergrant_domain::Fault>) -> Outcome {
    result.map(|_| ()).map_err(|fault| fault.code)
}

#[tokio::test(flavor = "multi_thread")]
async fn at_the_code_exchange() {
    let bench = Bench::new().await;
    for row in rows() {
        let consent = bench.consent("openid").await;
        bench.fault("token.code", row.fault.clone()).await;
        let what = format!("token.code {}", row.fault);
        let outcome = within_time(&what, bench.exchange(&consent, "openid")).await;
        assert_eq!(code(outcome), row.code, "{what}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn at_the_refresh() {
    let bench = Bench::new().await;
    let token = lasting(&bench).await;
    for row in rows() {
        bench.fault("token.refresh", row.fault.clone()).await;
        let what = format!("token.refresh {}", row.fault);
        let outcome = within_time(&what, bench.provider.refresh(&client(), &token, None)).await;
        assert_eq!(code(outcome), row.refresh, "{what}");
    }
    assert!(
        bench.provider.refresh(&client(), &token, None).await.is_ok(),
        "no fault ended the grant"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn at_userinfo() {
    let bench = Bench::new().await;
    let lease = bench.connect("openid").await.expect("a grant").lease.token;
    for row in rows() {
        bench.fault("userinfo", row.fault.clone()).await;
        let what = format!("userinfo {}", row.fault);
        let outcome = within_time(&what, bench.provider.person(&lease)).await;
        assert_eq!(code(outcome), row.userinfo, "{what}");
    }
    let own = bench.provider.person(&lease).await.expect("a person");
    bench.fault("userinfo", json!({"fault": "wrong-sub"})).await;
    let other = bench.provider.person(&lease).await.expect("a person");
    assert_ne!(own.subject, other.subject);
}

#[tokio::test(flavor = "multi_thread")]
async fn at_the_revocation() {
    let bench = Bench::new().await;
    for row in rows() {
        let token = lasting(&bench).await;
        bench.fault("revoke", row.fault.clone()).await;
        let what = format!("revoke {}", row.fault);
        let outcome = within_time(&what, bench.provider.revoke(&client(), &token)).await;
        assert_eq!(code(outcome), row.revoke, "{what}");
        bench
            .provider
            .revoke(&client(), &token)
            .await
            .expect("done now, or before");
    }
}

#[tokio::test]
async fn spoilt_token_answers_are_read_with_patience() {
    let bench = Bench::new().await;
    let now = || evergrant_adapters::clock::SystemClock.now();
    for (fault, lasts) in [
        ("expires-in-string", 3_599),
        ("expires-in-missing", 0),
        ("expires-in-zero", 0),
        ("expires-in-negative", 0),
        ("expires-in-huge", 86_400),
    ] {
        for endpoint in ["token.code", "token.refresh"] {
            let consent = bench.consent("openid").await;
            if endpoint == "token.code" {
                bench.fault(endpoint, json!({"fault": fault})).await;
            }
            let grant = bench.exchange(&consent, "openid").await.expect(fault);
            let mut ends = grant.lease.expires_at();
            if endpoint == "token.refresh" {
                bench.fault(endpoint, json!({"fault": fault})).await;
                let token = grant.refresh_token.expect("lasting access");
                ends = bench
                    .provider
                    .refresh(&client(), &token, None)
                    .await
                    .expect(fault)
                    .lease
                    .expires_at();
            }
            let Timestamp(off) = Timestamp((ends - now()).0 - lasts);
            assert!(off.abs() <= 3, "{endpoint} {fault}: {off} s off");
        }
    }
}

#[tokio::test]
async fn a_refresh_token_that_is_none_is_none() {
    let bench = Bench::new().await;
    for fault in ["refresh-token-null", "refresh-token-empty"] {
        let consent = bench.consent("openid").await;
        bench.fault("token.code", json!({"fault": fault})).await;
        let grant = bench.exchange(&consent, "openid").await.expect(fault);
        assert_eq!(grant.refresh_token, None, "{fault}");

        let token = lasting(&bench).await;
        bench.fault("token.refresh", json!({"fault": fault})).await;
        let fresh = bench
            .provider
            .refresh(&client(), &token, None)
            .await
            .expect(fault);
        assert_eq!(fresh.rotated, None, "{fault}");
    }
}

#[tokio::test]
async fn scopes_in_any_order_or_none_are_the_same_scopes() {
    let bench = Bench::new().await;
    let scopes = "openid email https://www.googleapis.com/auth/calendar";
    let plain = bench.connect(scopes).await.expect("a grant").granted;
    for fault in ["scopes-reordered", "scopes-missing"] {
        let consent = bench.consent(scopes).await;
        bench.fault("token.code", json!({"fault": fault})).await;
        let granted = bench.exchange(&consent, scopes).await.expect(fault).granted;
        assert_eq!(granted, plain, "{fault}");
    }
    let token = lasting(&bench).await;
    bench
        .fault("token.refresh", json!({"fault": "scopes-missing"}))
        .await;
    let fresh = bench
        .provider
        .refresh(&client(), &token, None)
        .await
        .expect("fresh");
    assert!(fresh.lease.scopes.is_empty(), "none named: unchanged");
}

async fn lasting(bench: &Bench) -> RefreshToken {
    let grant = bench.connect("openid").await.expect("a grant");
    grant.refresh_token.expect("lasting access")
}
