//! What a person does while a fault lasts, what comes of it, and that it works once the fault is over.

use std::time::Duration;

use evergrant_domain::{
    Api, Code, ScopeSet,
    lifecycle::{Freshness, Reach, Standing},
};
use evergrant_engine::event::{Check, Outcome, TestLine};
use evergrant_engine::ports::ProbeAnswer;
use serde_json::{Value, json};

use crate::follows::{Follows, word};
use crate::house::PATIENCE;
use crate::person::{Consent, Person};
use crate::table::Cell;

pub const CONNECT: &str = "Connect";
pub const RECONNECT: &str = "Reconnect";
pub const REFRESH: &str = "Refresh";
pub const ROTATE: &str = "Refresh, where the provider rotates";
pub const TEST: &str = "Test";
pub const DISCONNECT: &str = "Disconnect";

/// What comes of this fault, in the table's words; or what was broken that must hold in every cell.
pub async fn seen(cell: &Cell, plan: &Value) -> String {
    let mut person = Person::sits_down().await;
    if cell.deed != CONNECT {
        assert_eq!(person.connects().await, Consent::Connected, "without a fault");
        if cell.endpoint == "discovery" {
            // Read once and kept: only a fresh start reads it again.
            person = person.restarts().await;
        }
    }
    if cell.deed == ROTATE {
        person.google.set("project", json!({"rotates": true})).await;
        // Whoever saw a token change once knows what a lost answer may have held.
        let account = person.account().expect("connected");
        let first = account.lease(&ScopeSet::default(), Freshness::New).await;
        first.expect("a lease");
    }
    person.google.forget_requests().await;
    let planned = person.google.break_down(&cell.endpoint, plan).await;
    planned.expect("a fault that means something here");
    let seen = match cell.deed.as_str() {
        CONNECT | RECONNECT => consent(&mut person, cell).await,
        REFRESH => refresh(&person, cell).await,
        ROTATE => rotate(&person).await,
        TEST => test(&person, cell).await,
        DISCONNECT => disconnect(person, cell).await,
        other => panic!("nobody can {other}"),
    };
    seen.unwrap_or_else(|broken| format!("a broken rule: {broken}"))
}

type Seen = Result<String, String>;

async fn consent(person: &mut Person, cell: &Cell) -> Seen {
    let before = person.kept();
    let ended = match cell.deed.as_str() {
        CONNECT => person.connects().await,
        _ => person.reconnects().await,
    };
    let picture = cell.endpoint == "picture" && ended == Consent::Connected;
    let without = picture && !has_picture(person).await;
    let calls = match cell.endpoint.as_str() {
        // The browser's business.
        "callback" | "auth" => 1,
        endpoint => person.google.requests(endpoint).await,
    };
    person.google.recover().await;

    let follows = Follows(person);
    follows.no_code_twice().await?;
    if ended == Consent::Connected && person.account().is_none() {
        return Ok("somebody else".to_owned());
    }
    let said = match ended {
        Consent::Connected if without => "without".to_owned(),
        Consent::Connected => "ok".to_owned(),
        Consent::Waits => "waits".to_owned(),
        Consent::Failed(code) => word(code)?,
    };
    let said = times_said(said, calls);
    match ended {
        Consent::Connected => follows.is_connected_and_well().await?,
        _ => follows.nothing_changed(before.as_ref()).await?,
    }
    // Granted, and nobody here has it.
    let held = u64::from(person.kept().is_some());
    let orphans = person.google.live_grants().await.saturating_sub(held);
    let renewed = u64::from(cell.deed == RECONNECT && ended == Consent::Connected && before != person.kept());
    let said = if orphans > renewed {
        format!("{said} †")
    } else {
        said
    };

    if ended != Consent::Connected {
        let again = match ended {
            Consent::Waits => person.opens_the_page_again().await,
            _ if cell.deed == RECONNECT => person.reconnects().await,
            _ => person.connects().await,
        };
        if again != Consent::Connected {
            return Err(format!("{said}, and once the fault is over: {again:?}"));
        }
        Follows(person).is_connected_and_well().await?;
    }
    Ok(said)
}

async fn has_picture(person: &Person) -> bool {
    let account = person.account().expect("connected");
    let mut status = account.follow();
    let patience = PATIENCE + Duration::from_secs(2);
    let shown = status.wait_for(|status| status.has_picture);
    tokio::time::timeout(patience, shown).await.is_ok()
}

async fn refresh(person: &Person, cell: &Cell) -> Seen {
    let before = person.kept();
    let account = person.account().expect("connected");
    let result = account.lease(&ScopeSet::default(), Freshness::New).await;
    let calls = person.google.requests(&cell.endpoint).await;
    person.google.recover().await;
    let follows = Follows(person);
    let said = match result {
        Ok(_) => {
            follows.stands(Standing::Connected, None).await?;
            "ok".to_owned()
        }
        Err(fault) => {
            follows.stands_after(fault.code).await?;
            word(fault.code)?
        }
    };
    follows.kept_is(before.as_ref())?;
    follows.is_connected_and_well().await?;
    Ok(times_said(said, calls))
}

/// What the refresh brought, and what the next one brings once the fault is over.
async fn rotate(person: &Person) -> Seen {
    let account = person.account().expect("connected");
    let whole = ScopeSet::default();
    let lease = || account.lease(&whole, Freshness::New);
    let first = lease().await;
    let calls = person.google.requests("token.refresh").await;
    person.google.recover().await;
    let follows = Follows(person);
    let then = lease().await;
    let mut said = vec![];
    for result in [first, then] {
        said.push(result.map_or_else(|fault| word(fault.code), |_| Ok("ok".to_owned()))?);
    }
    follows.still_has_an_item()?;
    if said[1] == "ok" {
        follows.is_connected_and_well().await?;
    } else {
        let code = Code::parse(&said[1]).expect("a code");
        follows.stands_after(code).await?;
    }
    let [first, then] = [&said[0], &said[1]];
    Ok(format!("{} → {then}", times_said(first.clone(), calls)))
}

async fn test(person: &Person, cell: &Cell) -> Seen {
    let before = person.kept();
    let account = person.account().expect("connected");
    account.test().await.expect("the test begins");
    let tested = |_: &Person| matches!(account.status().outcome, Some(Outcome::Tested { .. }));
    person.waits_until(tested).await;
    let calls = person.google.requests(&cell.endpoint).await;
    person.google.recover().await;
    let Some(Outcome::Tested { lines, .. }) = account.status().outcome else {
        return Err("the test never ended".to_owned());
    };
    let (said, code) = of_endpoint(&lines, &cell.endpoint)?;
    let follows = Follows(person);
    match code.filter(|_| check(&cell.endpoint) == Check::SignIn) {
        Some(code) => follows.stands_after(code).await?,
        None => follows.stands(Standing::Connected, None).await?,
    }
    follows.kept_is(before.as_ref())?;
    follows.is_connected_and_well().await?;
    Ok(times_said(said, calls))
}

/// What the check that uses this endpoint says; every other check must say that all is well.
fn of_endpoint(lines: &[TestLine], endpoint: &str) -> Result<(String, Option<Code>), String> {
    let mut said = None;
    for line in lines {
        let found = match &line.result {
            Ok(ProbeAnswer::Works) => ("ok".to_owned(), None),
            Ok(ProbeAnswer::SwitchedOff) => ("switched off".to_owned(), None),
            Ok(ProbeAnswer::NotAllowed) => ("not allowed".to_owned(), None),
            Err(fault) => (word(fault.code)?, Some(fault.code)),
        };
        if line.check == check(endpoint) {
            said = Some(found);
        } else if found.0 != "ok" {
            return Err(format!("{:?} failed too: {}", line.check, found.0));
        }
    }
    said.ok_or_else(|| format!("{endpoint} was not tested: {lines:?}"))
}

fn check(endpoint: &str) -> Check {
    match endpoint {
        "userinfo" => Check::Identity,
        "gmail" => Check::Api(Api::Gmail),
        "drive" => Check::Api(Api::Drive),
        "calendar" => Check::Api(Api::Calendar),
        "contacts" => Check::Api(Api::Contacts),
        _ => Check::SignIn,
    }
}

/// What is shown while the fault lasts; once it is over, the disconnect goes on by itself.
async fn disconnect(person: Person, cell: &Cell) -> Seen {
    let before = person.kept();
    let account = person.account().expect("connected");
    account.disconnect(Reach::Everywhere).await.expect("pressed");
    let shown = person
        .waits_until(|person| person.account().is_none() || account.status().trouble.is_some())
        .await;
    let trouble = account.status().trouble.filter(|_| person.account().is_some());
    let follows = Follows(&person);
    let said = match (trouble, shown) {
        (None, false) => return Err("nothing is shown".to_owned()),
        (None, true) => "ok".to_owned(),
        (Some(fault), _) => {
            follows
                .stands(Standing::Disconnecting(Reach::Everywhere), Some(fault.code))
                .await?;
            follows.kept_is(before.as_ref())?;
            follows.hands_nothing_out().await?;
            person.google.recover().await;
            let gone = person.waits_until(|person| person.account().is_none()).await;
            if !gone {
                return Err(format!("{}, and never tried again", fault.code.as_str()));
            }
            word(fault.code)?
        }
    };
    follows.is_gone()?;
    let calls = person.google.requests(&cell.endpoint).await;
    let said = times_said(said, calls);
    Ok(match person.google.live_grants().await {
        0 => said,
        _ => format!("{said} †"),
    })
}

/// Once is what everybody expects.
fn times_said(said: String, times: usize) -> String {
    match times {
        1 => said,
        times => format!("{said} ×{times}"),
    }
}
