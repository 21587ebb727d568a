//! Calls through a proxy, and what is said where it does not let them through.

use evergrant_domain::Code;

use super::{
    SECRET, assert_fault,
    connect_proxy::{ConnectProxy, Manner},
    outside,
    site::{Authority, NOW, Site},
};

/// Known to nobody here but the proxy: a call that goes past it finds nothing.
const NAME: &str = "issuer.invalid";

async fn site() -> (Authority, Site) {
    let ours = Authority::named("Own CA", "Own");
    let site = Site::start(NAME, &ours, NOW).await;
    (ours, site)
}

#[tokio::test]
async fn a_call_goes_through_the_proxy_and_is_not_seen_by_it() {
    let (ours, site) = site().await;
    let proxy = ConnectProxy::start(Manner::Leads(site.at)).await;
    let http = outside(&ours).through(&[("HTTPS_PROXY", &proxy.address())]);
    assert_eq!(http.tried(&site.address()).await, Ok(200));
    assert!(site.heard()[0].contains(SECRET));
    let asked = proxy.heard();
    assert!(asked[0].starts_with(&format!("CONNECT {NAME}:{}", site.at.port())));
    assert!(!asked[0].contains(SECRET));
}

#[tokio::test]
async fn an_exception_goes_past_it() {
    let (ours, site) = site().await;
    let proxy = ConnectProxy::start(Manner::Refuses).await;
    let variables = [("https_proxy", &proxy.address()[..]), ("no_proxy", ".invalid")];
    let http = outside(&ours).knowing(&site).through(&variables);
    assert_eq!(http.tried(&site.address()).await, Ok(200));
    assert!(proxy.heard().is_empty());
}

#[tokio::test]
async fn a_proxy_that_wants_a_password_says_so_and_gets_it() {
    let (ours, site) = site().await;
    let proxy = ConnectProxy::start(Manner::AsksFirst(site.at)).await;
    let without = outside(&ours).through(&[("ALL_PROXY", &proxy.address())]);
    assert_fault(
        without.tried(&site.address()).await,
        Code::ProxyRefused,
        "tunnel error: proxy authorization required",
    );
    let named = proxy.address().replace("//", "//name:word@");
    let with = outside(&ours).through(&[("ALL_PROXY", &named)]);
    assert_eq!(with.tried(&site.address()).await, Ok(200));
}

#[tokio::test]
async fn a_proxy_that_does_not_let_through_is_told_apart() {
    let (ours, site) = site().await;
    let refuses = ConnectProxy::start(Manner::Refuses).await;
    let hangs_up = ConnectProxy::start(Manner::HangsUp).await;
    let gone = ConnectProxy::start(Manner::Refuses).await.address();
    for (proxy, words) in [
        (refuses.address(), "tunnel error: unsuccessful"),
        (hangs_up.address(), "tunnel error: unexpected end of file"),
        ("http://".to_owned(), "empty host"),
    ] {
        let http = outside(&ours).through(&[("HTTPS_PROXY", &proxy)]);
        assert_fault(http.tried(&site.address()).await, Code::ProxyRefused, words);
    }
    for absent in [gone, "http://proxy.invalid:3128".to_owned()] {
        let http = outside(&ours).through(&[("HTTPS_PROXY", &absent)]);
        let fault = http.tried(&site.address()).await.expect_err("no proxy there");
        assert_eq!(fault.code, Code::ProxyRefused, "{absent}");
        assert!(fault.detail.is_some(), "{absent}");
    }
    assert!(site.heard().is_empty(), "nothing went past");
}

#[tokio::test]
async fn a_proxy_that_looks_into_the_connection_is_named() {
    let theirs = Authority::named("Acme Inspection CA", "Acme Corporation");
    let site = Site::start(NAME, &theirs, NOW).await;
    let proxy = ConnectProxy::start(Manner::Leads(site.at)).await;
    let http = outside(&Authority::named("Own CA", "Own")).through(&[("HTTPS_PROXY", &proxy.address())]);
    assert_fault(
        http.tried(&site.address()).await,
        Code::ConnectionIntercepted,
        "Acme Inspection CA, Acme Corporation",
    );
    assert!(site.heard().is_empty());
}

#[tokio::test]
async fn this_computer_itself_is_called_past_any_proxy() {
    let (ours, site) = site().await;
    let proxy = ConnectProxy::start(Manner::Refuses).await;
    let http = outside(&ours).through(&[("ALL_PROXY", &proxy.address())]);
    for own in [
        format!("https://localhost:{}/token", site.at.port()),
        format!("http://127.0.0.1:{}/token", site.at.port()),
    ] {
        let fault = http.tried(&own).await.expect_err("not its name, or no TLS");
        assert_ne!(fault.code, Code::ProxyRefused, "{own}");
    }
    assert!(proxy.heard().is_empty());
}
