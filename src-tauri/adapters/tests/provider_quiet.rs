//! What is logged, at the most talkative level, holds no secret.
//!
//! Alone in its process: only one can listen to all of it.

#[path = "provider_suite/bench.rs"]
#[expect(dead_code, reason = "shared with the suite, which uses all of it")]
mod bench;

use std::{
    fmt::{Debug, Write},
    sync::{Arc, Mutex, MutexGuard},
};

use evergrant_domain::RefreshToken;
use evergrant_engine::ports::Provider;
use evergrant_practice::CLIENT_SECRET;
use serde_json::json;
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

use bench::{Bench, client, secrets};

/// Writes down everything that anybody in this process says, libraries included.
#[derive(Clone, Default)]
struct Ear(Arc<Mutex<Words>>);

#[derive(Default)]
struct Words(String);

impl Visit for Words {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, "{field}={value:?} ");
    }
}

impl Ear {
    fn words(&self) -> MutexGuard<'_, Words> {
        self.0.lock().expect("not poisoned")
    }
}

impl Subscriber for Ear {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &span::Attributes<'_>) -> span::Id {
        span.record(&mut *self.words());
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        values.record(&mut *self.words());
    }

    fn event(&self, event: &Event<'_>) {
        event.record(&mut *self.words());
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

#[tokio::test]
async fn nothing_logged_holds_a_secret() {
    let ear = Ear::default();
    tracing::subscriber::set_global_default(ear.clone()).expect("the only one");
    let bench = Bench::new().await;
    let code = bench.consent("openid email").await;
    let grant = bench.exchange(&code, "openid email").await.expect("a grant");
    let token = grant.refresh_token.expect("lasting access");
    let fresh = bench
        .provider
        .refresh(&client(), &token, None)
        .await
        .expect("fresh");
    bench.provider.person(&fresh.lease.token).await.expect("a person");
    bench
        .fault("token.refresh", json!({"fault": "truncated-json"}))
        .await;
    bench
        .provider
        .refresh(&client(), &token, None)
        .await
        .expect_err("truncated");
    let other = RefreshToken::new("1//0-not-known-here");
    bench
        .provider
        .refresh(&client(), &other, None)
        .await
        .expect_err("unknown");
    bench.provider.revoke(&client(), &token).await.expect("revoked");

    let heard = ear.words().0.clone();
    for expected in [
        "token.code",
        "token.refresh",
        "userinfo",
        "revocation",
        "grant_unknown",
    ] {
        assert!(heard.contains(expected), "{expected} is not in {heard}");
    }
    let secrets = secrets();
    for (name, secret) in [
        ("code", code.as_str()),
        ("refresh token", token.expose()),
        ("unknown token", other.expose()),
        ("first access token", grant.lease.token.expose()),
        ("second access token", fresh.lease.token.expose()),
        ("client secret", CLIENT_SECRET),
        ("verifier", secrets.verifier.expose()),
        ("address", "alice@example.com"),
    ] {
        assert!(!heard.contains(secret), "the {name} was logged");
    }
}
