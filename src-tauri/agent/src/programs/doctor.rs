//! Looks at everything that has to work, each with a remedy.

use std::time::Duration;

use evergrant_adapters::clock::SystemClock;
use evergrant_adapters::provider::{Http, Limits, reach};
use evergrant_adapters::tray;
use evergrant_domain::{Code, Fault, Timestamp, time::Seconds};
use evergrant_engine::ports::{Clock, Vault};
use evergrant_engine::{ClientSource, clients_of};
use evergrant_protocol::command::Check;

use crate::messages::say;
use crate::profile::Profile;
use crate::profiles::Profiles;

/// How long one look may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// A clock that is further off makes sign-ins fail.
const CLOCK_TOLERANCE: Seconds = Seconds(120);

pub async fn examine(profiles: &Profiles) -> Vec<Check> {
    let shown = match profiles.shown().await {
        Ok(shown) => shown,
        Err(fault) => return vec![ill("ledger", &fault)],
    };
    let (vault, (network, clock), tray, client) =
        tokio::join!(vault(&shown), outside(&shown), tray_there(), client(&shown));
    vec![vault, clock, network, tray, client]
}

async fn vault(shown: &Profile) -> Check {
    let vault = &*shown.engine.world().vault;
    match tokio::time::timeout(PATIENCE, vault.ready()).await {
        Ok(Ok(())) => well("vault"),
        Ok(Err(fault)) => ill("vault", &fault),
        Err(_) => ill("vault", &silence(vault).await),
    }
}

/// A person may take longer to answer the vault than a look may; what it says of itself meanwhile
/// tells an open question from a vault that hangs.
async fn silence(vault: &dyn Vault) -> Fault {
    match tokio::time::timeout(PATIENCE, vault.keys()).await {
        Ok(Err(fault)) => fault,
        Ok(Ok(kept)) if kept.is_empty() => Code::VaultEmpty.into(),
        Ok(Ok(_)) => Code::VaultLocked.into(),
        Err(_) => Code::VaultFailed.into(),
    }
}

/// The provider is reached, and says what time it is.
async fn outside(shown: &Profile) -> (Check, Check) {
    let Some(known) = shown.engine.world().providers.values().next() else {
        return (unknown("network"), unknown("clock"));
    };
    let reached = async { reach(&Http::new(Limits::default())?, &known.spec).await };
    match tokio::time::timeout(PATIENCE, reached).await {
        Ok(Ok(their_time)) => (well("network"), clock(their_time)),
        Ok(Err(fault)) => (ill("network", &fault), unknown("clock")),
        Err(_) => (ill("network", &Code::ProviderSilent.into()), unknown("clock")),
    }
}

fn clock(theirs: Option<Timestamp>) -> Check {
    let Some(theirs) = theirs else {
        return unknown("clock");
    };
    let ahead = SystemClock.now() - theirs;
    if ahead.0.abs() <= CLOCK_TOLERANCE.0 {
        return well("clock");
    }
    let key = if ahead.0 > 0 {
        "doctor.clock.ahead"
    } else {
        "doctor.clock.behind"
    };
    let count = (ahead.0.abs() / 60).to_string();
    Check {
        verdict: "ill".to_owned(),
        what: say(key, &[("count", &count)]),
        remedy: Some(say("doctor.clock.todo", &[])),
        ..unknown("clock")
    }
}

async fn tray_there() -> Check {
    match tray::is_there().await {
        Some(true) => well("tray"),
        Some(false) => Check {
            verdict: "ill".to_owned(),
            what: say("doctor.tray.ill", &[]),
            remedy: Some(say("doctor.tray.todo", &[])),
            ..unknown("tray")
        },
        None => unknown("tray"),
    }
}

async fn client(shown: &Profile) -> Check {
    let world = shown.engine.world();
    for (id, known) in &world.providers {
        let imported = matches!(known.client, ClientSource::Imported);
        let clients = clients_of(&*world.ledger, id).await;
        if imported && clients.is_ok_and(|clients| clients.is_empty()) {
            return ill("client", &Code::ClientMissing.into());
        }
    }
    well("client")
}

fn well(name: &str) -> Check {
    Check {
        verdict: "well".to_owned(),
        what: say(&format!("doctor.{name}.well"), &[]),
        ..unknown(name)
    }
}

fn unknown(name: &str) -> Check {
    Check {
        name: name.to_owned(),
        verdict: "unknown".to_owned(),
        what: say("doctor.unknown", &[]),
        remedy: None,
    }
}

fn ill(name: &str, fault: &Fault) -> Check {
    let code = fault.code.as_str();
    Check {
        name: name.to_owned(),
        verdict: "ill".to_owned(),
        what: say(&format!("fault.{code}.what"), &[]),
        remedy: Some(say(&format!("fault.{code}.todo"), &[])),
    }
}
