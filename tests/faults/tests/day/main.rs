//! A day in a minute: accounts on the real engine, real HTTP to the practice Google, a real ledger on
//! the disk; the clocks run 1,440 times as fast, the provider fails now and then, and programs ask for
//! leases all the time. In the evening every account must be connected.
//!
//! `EVERGRANT_DAY=60` is the whole day; without it a few seconds of one have to do.

#[path = "../house/mod.rs"]
mod house;

mod crowd;
mod memory;
mod programs;
mod quick;
mod report;

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use evergrant_adapters::ledger::SqliteLedger;
use evergrant_domain::{ScopeSet, lifecycle::Freshness, secret::VaultText};
use evergrant_engine::{
    Engine,
    account::AccountHandle,
    event::{Event, Showing},
    fakes::FakeHouse,
    ports::{Clock, VaultKey},
};
use serde_json::{Value, json};
use tokio::{sync::mpsc::UnboundedReceiver, time::sleep};

use crowd::Crowd;
use house::{google::Google, provider_id, robot::Robot};
use programs::Programs;
use quick::QuickClock;
use report::Report;

const SCOPES: &str = "openid email profile https://www.googleapis.com/auth/calendar";
/// How many programs ask at once.
const PROGRAMS: usize = 20;
/// Of all refreshes, how many go wrong, and how.
const FAULTS: [(f64, &str); 6] = [
    (0.03, r#"{"fault": "html-error", "status": 503}"#),
    (0.03, r#"{"fault": "rate-limited", "retry_after": 120}"#),
    (0.02, r#"{"fault": "rate-limited"}"#),
    (0.02, r#"{"fault": "reset-mid-body"}"#),
    (0.02, r#"{"fault": "answer-lost"}"#),
    (0.002, r#"{"fault": "hang-before-headers"}"#),
];

#[tokio::test(flavor = "multi_thread")]
async fn no_account_is_lost_in_a_day() {
    let named = std::env::var("EVERGRANT_DAY")
        .ok()
        .and_then(|text| text.parse().ok());
    let whole = named.is_some_and(|seconds: u64| seconds >= 60);
    let (lasts, accounts) = (named.unwrap_or(5), if whole { 50 } else { 12 });
    let folder = tempfile::tempdir().expect("a folder");

    let crowd = Crowd::of(accounts, folder.path()).await;
    let clock = Arc::new(QuickClock::start());
    let google = Arc::new(Google::with(crowd.at_home()).await);
    let ticking = tokio::spawn(keep_time(Arc::clone(&google), Arc::clone(&clock)));
    let fakes = FakeHouse::default();
    let (ledger, _) = SqliteLedger::open(&folder.path().join("ledger.sqlite3")).expect("opened");
    let ledger = Arc::new(ledger);
    let mut world = house::world(&fakes, &(Arc::clone(&clock) as Arc<dyn Clock>), &google.base());
    (world.ledger, world.history) = (ledger.clone(), ledger.clone());
    let (engine, mut events) = Engine::start(world).await.expect("the engine starts");
    for who in crowd.people() {
        connect(&engine, &mut events, &fakes, who).await;
    }
    assert_eq!(engine.accounts().len(), accounts);
    let kept = grants(&fakes);

    for (probability, fault) in FAULTS {
        let mut plan: Value = serde_json::from_str(fault).expect("JSON");
        plan["endpoint"] = json!("token.refresh");
        plan["probability"] = json!(probability);
        google.set("fault", plan).await;
    }
    let programs = Programs::begin(PROGRAMS, &engine.accounts(), &clock);
    sleep(Duration::from_secs(lasts) / 4).await;
    let at_a_quarter = memory::resident();
    sleep(Duration::from_secs(lasts) * 3 / 4).await;
    let in_the_evening = memory::resident();
    let asked = programs.end().await;
    google.recover().await;

    let report = Report::of(&ledger, &engine.accounts(), asked, (at_a_quarter, in_the_evening)).await;
    println!("{report}");
    report.judge(accounts, whole);
    assert_eq!(grants(&fakes), kept, "the vault's items are as they were");
    for account in engine.accounts() {
        is_well(&account).await;
    }
    ticking.abort();
    engine.stop().await;
}

async fn connect(engine: &Engine, events: &mut UnboundedReceiver<Event>, fakes: &FakeHouse, who: &str) {
    let opened = fakes.browser.opened().len();
    let (provider, asked) = (provider_id(), ScopeSet::parse(SCOPES));
    engine
        .connect(&provider, asked, Showing::Browser)
        .await
        .expect("a consent begins");
    while fakes.browser.opened().len() == opened {
        sleep(Duration::from_millis(5)).await;
    }
    Robot::new().consent(&fakes.browser.opened()[opened], who).await;
    loop {
        match events.recv().await.expect("the engine lives") {
            Event::Connected { .. } => return,
            Event::Attempt(Some(attempt)) => assert_eq!(attempt.fault, None, "{who}"),
            _ => {}
        }
    }
}

/// The vault's items of accounts; the note of the last consent may not be thrown away yet.
fn grants(fakes: &FakeHouse) -> BTreeMap<VaultKey, VaultText> {
    let mut items = fakes.vault.items();
    items.retain(|key, _| matches!(key, VaultKey::Account(_)));
    items
}

/// The provider's clock goes with ours.
async fn keep_time(google: Arc<Google>, clock: Arc<QuickClock>) {
    loop {
        google.set("clock", json!({"set": clock.now().0})).await;
        google.forget_requests().await;
        sleep(Duration::from_millis(100)).await;
    }
}

/// The provider works again, so it must work again here.
async fn is_well(account: &AccountHandle) {
    let (scopes, new) = (ScopeSet::default(), Freshness::New);
    let lease = account.lease(&scopes, new).await;
    assert!(
        lease.is_ok(),
        "{:?}: {lease:?}",
        account.status().row.person.label()
    );
    let mut status = account.follow();
    let well = status.wait_for(|status| status.trouble.is_none());
    let well = tokio::time::timeout(Duration::from_secs(5), well).await;
    assert!(well.is_ok(), "trouble stays: {:?}", account.status());
}
