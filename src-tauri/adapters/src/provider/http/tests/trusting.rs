//! Who is trusted, who is not, and what is said of it.

use evergrant_domain::Code;

use super::{
    SECRET, Situation, assert_fault, outside,
    site::{Authority, Days, NOW, Site},
};

const NAME: &str = "issuer.example";

fn ours() -> Authority {
    Authority::named("Own CA", "Own")
}

fn theirs() -> Authority {
    Authority::named("Acme Inspection CA", "Acme Corporation")
}

#[tokio::test]
async fn a_trusted_site_is_told_the_secret() {
    let ours = ours();
    let site = Site::start(NAME, &ours, NOW).await;
    let http = outside(&ours).knowing(&site);
    assert_eq!(http.tried(&site.address()).await, Ok(200));
    assert!(site.heard()[0].contains(SECRET));
    assert!(http.clock_ahead().expect("measured").0.abs() < 20);
}

#[tokio::test]
async fn who_looks_into_the_connection_is_named_and_learns_nothing() {
    let site = Site::start(NAME, &theirs(), NOW).await;
    let http = outside(&ours()).knowing(&site);
    let outcome = http.tried(&site.address()).await;
    assert_fault(
        outcome,
        Code::ConnectionIntercepted,
        "Acme Inspection CA, Acme Corporation",
    );
    assert!(site.heard().is_empty(), "{:?}", site.heard());
}

#[tokio::test]
async fn a_certificate_for_another_name_is_not_trusted() {
    let ours = ours();
    let mut site = Site::start("other.example", &ours, NOW).await;
    site.name = NAME;
    let http = outside(&ours).knowing(&site);
    let outcome = http.tried(&site.address()).await;
    assert_fault(outcome, Code::ConnectionIntercepted, "Own CA, Own");
}

#[tokio::test]
async fn out_of_date_is_not_the_same_as_not_trusted() {
    let ours = ours();
    let past = Days {
        from: -90,
        until: -30,
    };
    let future = Days { from: 30, until: 90 };
    for (issued_by, good, clock, code, words) in [
        // The site's clock stands in its certificate's time: this computer's is wrong.
        (&ours, past, -40, Code::ClockWrong, "40 days ahead"),
        (&ours, future, 40, Code::ClockWrong, "40 days behind"),
        // Both clocks agree: the site forgot to renew.
        (
            &ours,
            past,
            0,
            Code::ProviderDown,
            "its certificate is out of date",
        ),
        // Whoever is not trusted is so at any time.
        (
            &theirs(),
            past,
            -40,
            Code::ConnectionIntercepted,
            "Acme Inspection CA, Acme Corporation",
        ),
    ] {
        let site = Site::saying(NAME, issued_by, good, clock).await;
        let http = outside(&ours).knowing(&site);
        assert_fault(http.tried(&site.address()).await, code, words);
        for request in site.heard() {
            assert!(
                request.starts_with("HEAD / HTTP/1.1"),
                "only the time is asked: {request}"
            );
            assert!(!request.contains(SECRET), "{request}");
        }
    }
}

#[tokio::test]
async fn what_the_system_knows_of_its_network_says_more() {
    let site = Site::start(NAME, &theirs(), NOW).await;
    let http = outside(&ours()).knowing(&site);
    let behind = http.clone().amid(Situation::LoginPage);
    assert_fault(behind.tried(&site.address()).await, Code::CaptivePortal, "");
    let here = http.clone().amid(Situation::LoginPage);
    let own = format!("https://127.0.0.1:{}/token", site.at.port());
    let outcome = here.tried(&own).await;
    let code = outcome.expect_err("not trusted").code;
    assert_eq!(code, Code::ConnectionIntercepted, "no network is in between");
    let online = http.amid(Situation::Online);
    let outcome = online.tried(&site.address()).await;
    assert_eq!(
        outcome.expect_err("not trusted").code,
        Code::ConnectionIntercepted
    );
}

#[tokio::test]
async fn a_name_that_nobody_knows_is_not_the_same_as_nobody_there() {
    let ours = ours();
    let unknown = "https://nobody.invalid/token";
    assert_fault(outside(&ours).tried(unknown).await, Code::NameNotFound, "");
    let offline = outside(&ours).amid(Situation::Offline);
    assert_fault(offline.tried(unknown).await, Code::Offline, "");

    let site = Site::start(NAME, &ours, NOW).await;
    let http = outside(&ours).knowing(&site);
    let address = site.address();
    drop(site);
    // The listener goes with its task.
    let mut outcome = http.tried(&address).await;
    for _ in 0..50 {
        if outcome.is_err() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        outcome = http.tried(&address).await;
    }
    assert_fault(outcome, Code::Offline, "");
}
