//! A provider known by its issuer alone.

use evergrant_domain::{
    Code, RefreshToken,
    consent::ask::Purpose,
    provider::{Endpoints, OfflineAccess, Provider as Data, ProviderId},
};
use evergrant_engine::ports::Provider;
use serde_json::{Value, json};

use crate::{
    bench::{Bench, adapter, client},
    script::{Script, answer, json as json_answer},
};

fn data(issuer: &str) -> Data {
    Data {
        id: ProviderId::parse("own").expect("an id"),
        name: "Own".to_owned(),
        issuer: issuer.to_owned(),
        endpoints: Endpoints::Discovered,
        offline: OfflineAccess::Scope,
        probes: Vec::new(),
        extra_scopes: Vec::new(),
    }
}

fn document(base: &str) -> Value {
    json!({
        "issuer": base,
        "authorization_endpoint": format!("{base}/authorize"),
        "token_endpoint": format!("{base}/token"),
        "jwks_uri": format!("{base}/keys"),
        "revocation_endpoint": format!("{base}/revoke"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256", "something-new"],
    })
}

fn token() -> RefreshToken {
    RefreshToken::new("token-of-own")
}

/// The fault of a refresh at a provider that describes itself so.
async fn described(change: impl FnOnce(&mut Value)) -> Code {
    let script = Script::start(|base| {
        let mut described = document(base);
        change(&mut described);
        vec![json_answer(&described)]
    })
    .await;
    let provider = adapter(data(&script.base));
    provider
        .refresh(&client(), &token(), None)
        .await
        .expect_err("no endpoints")
        .code
}

#[tokio::test]
async fn everything_works_by_discovery() {
    let bench = Bench::with(data).await;
    bench
        .control("project", json!({"offline_access_scope": true}))
        .await;
    let link = bench
        .link("openid email", &Purpose::Adding)
        .await
        .expect("a link");
    assert!(
        link.contains("offline_access") && !link.contains("access_type"),
        "{link}"
    );
    let grant = bench.connect("openid email").await.expect("a grant");
    let token = grant.refresh_token.expect("lasting access");
    assert_eq!(grant.person.subject.issuer, bench.practice.base_url());
    let fresh = bench
        .provider
        .refresh(&client(), &token, None)
        .await
        .expect("fresh");
    let person = bench.provider.person(&fresh.lease.token).await.expect("a person");
    assert_eq!(person.subject, grant.person.subject);
    bench.provider.revoke(&client(), &token).await.expect("revoked");
    let log = bench.look("log").await;
    let asked = log["requests"].as_array().expect("a list").iter();
    let asked = asked.filter(|request| request["endpoint"] == "discovery").count();
    assert_eq!(asked, 1, "kept for the next calls");
}

#[tokio::test]
async fn another_issuers_document_is_refused() {
    let bench = Bench::with(data).await;
    bench.fault("discovery", json!({"fault": "wrong-iss"})).await;
    let fault = bench
        .link("openid", &Purpose::Adding)
        .await
        .expect_err("another's");
    assert_eq!(fault.code, Code::ProviderUnreadable);
    assert!(bench.link("openid", &Purpose::Adding).await.is_ok(), "asked anew");
}

#[tokio::test]
async fn a_document_that_makes_no_sense_is_refused() {
    let slash = |described: &mut Value| {
        described["issuer"] = json!(format!("{}/", described["issuer"].as_str().expect("text")));
    };
    assert_eq!(described(slash).await, Code::ProviderUnreadable, "exactly");
    let plain = |described: &mut Value| described["token_endpoint"] = json!("http://id.example/token");
    assert_eq!(described(plain).await, Code::ProviderUnreadable, "unencrypted");
    let plain = |described: &mut Value| described["revocation_endpoint"] = json!("http://id.example/revoke");
    assert_eq!(described(plain).await, Code::ProviderUnreadable, "unencrypted");
    let none =
        |described: &mut Value| drop(described.as_object_mut().map(|all| all.remove("token_endpoint")));
    assert_eq!(
        described(none).await,
        Code::ProviderUnreadable,
        "no token endpoint"
    );
}

#[tokio::test]
async fn the_document_is_asked_for_once_more_and_not_again() {
    let busy = || answer("503 Busy", "text/html", "<p>busy");
    let fresh = json_answer(&json!({"access_token": "a", "expires_in": 60}));
    let script = Script::start(|base| vec![busy(), json_answer(&document(base)), fresh]).await;
    let provider = adapter(data(&script.base));
    assert!(provider.refresh(&client(), &token(), None).await.is_ok());
    let script = Script::start(|base| vec![busy(), busy(), json_answer(&document(base))]).await;
    let provider = adapter(data(&script.base));
    let fault = provider
        .refresh(&client(), &token(), None)
        .await
        .expect_err("busy twice");
    assert_eq!((fault.code, script.heard().len()), (Code::ProviderDown, 2));
}

#[tokio::test]
async fn a_client_says_who_it_is_as_the_provider_wants_it() {
    for (methods, in_header) in [
        (json!(null), true),
        (json!(["client_secret_basic"]), true),
        (json!(["client_secret_basic", "client_secret_post"]), false),
    ] {
        let script = Script::start(|base| {
            let mut described = document(base);
            described["token_endpoint_auth_methods_supported"] = methods.clone();
            let fresh = json_answer(&json!({"access_token": "a", "expires_in": 60}));
            vec![json_answer(&described), fresh, answer("200 OK", "text/plain", "")]
        })
        .await;
        let provider = adapter(data(&script.base));
        provider.refresh(&client(), &token(), None).await.expect("fresh");
        provider.revoke(&client(), &token()).await.expect("revoked");
        for request in &script.heard()[1..] {
            let basic = request.to_lowercase().contains("authorization: basic ");
            let posted = request.contains("client_secret=");
            assert_eq!((basic, posted), (in_header, !in_header), "{methods}");
            assert!(request.contains("token-of-own"));
        }
    }
}

#[tokio::test]
async fn where_nothing_can_be_revoked_nothing_is_asked() {
    let script = Script::start(|base| {
        let mut described = document(base);
        drop(
            described
                .as_object_mut()
                .map(|all| all.remove("revocation_endpoint")),
        );
        vec![json_answer(&described)]
    })
    .await;
    let provider = adapter(data(&script.base));
    provider
        .revoke(&client(), &token())
        .await
        .expect("it ends here only");
    assert_eq!(script.heard().len(), 1, "the document and nothing else");
}
