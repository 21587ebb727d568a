//! `POST /v1/token`: who asks is known; what is asked is judged, a person is asked where nobody decided,
//! and a lease is handed out.

use std::sync::Arc;
use std::time::Duration;

use evergrant_domain::{Lease, ScopeSet, lifecycle::Freshness, time::Seconds};
use evergrant_protocol::{ProblemCode, TokenRequest};

use super::refused::Refused;
use super::{Answered, Asked, answer, read, wishes};
use crate::approval::{Answered as Reply, asker};
use crate::broker::Broker;
use crate::judgement::{Decision, Verdict, Wish};
use crate::ports::{Account, GrantId};
use crate::record;
use crate::witness::Caller;

/// The longest time a caller may wait for a person.
const LONGEST_WAIT: u32 = 300;
/// The longest validity that can be asked for: tokens live about an hour.
const LONGEST_VALIDITY: u32 = 45 * 60;
/// A lease with less than this left is renewed ahead of time while somebody uses it.
const AHEAD: Seconds = Seconds(10 * 60);
/// How long a caller waits for the provider.
const PROVIDER: Duration = Duration::from_secs(60);

pub async fn token(asked: Asked<'_>) -> Answered {
    let request: TokenRequest = read::json(&asked.body)?;
    let (broker, caller) = (asked.broker, asked.caller);
    let mut scopes = String::new();
    let given = give(broker, caller, &request, &mut scopes).await;
    let now = broker.now();
    match given {
        Ok((account, lease)) => {
            let entry = record::given(&caller.program, &account, &lease.scopes, now);
            broker.setup.log.note(entry);
            Ok(answer::token(&account, &lease, asked.broker.moment()))
        }
        Err(refused) => {
            let entry = record::not_given(&caller.program, &request.account, scopes, refused.code, now);
            broker.setup.log.note(entry);
            Err(refused)
        }
    }
}

async fn give(
    broker: &Broker,
    caller: &Arc<Caller>,
    request: &TokenRequest,
    asked: &mut String,
) -> Result<(Arc<Account>, Lease), Refused> {
    let accounts = &broker.setup.accounts;
    accounts.ready().await?;
    let account = wishes::account(broker, &request.account)?;
    let scopes = wishes::scopes(broker, &caller.program, &account, request.scopes.as_deref())?;
    *asked = scopes.joined();
    let by = allowed(broker, caller, &account, &scopes, request).await?;
    let narrowed = wishes::narrowed(&account, scopes);
    let at_least = Seconds(
        request
            .min_valid_seconds
            .unwrap_or(0)
            .min(LONGEST_VALIDITY)
            .into(),
    );
    let lease = lease(broker, &account, &narrowed, at_least).await?;
    // What was decided meanwhile counts.
    if broker.is_paused() {
        return Err(ProblemCode::Paused.into());
    }
    broker.usage.note(&by, broker.now());
    Ok((account, lease))
}

/// The grants by which it may have a token; none for a yes that holds only once.
async fn allowed(
    broker: &Broker,
    caller: &Arc<Caller>,
    account: &Account,
    scopes: &ScopeSet,
    request: &TokenRequest,
) -> Result<Vec<GrantId>, Refused> {
    let now = broker.now();
    let verdict = broker.orders().verdict(&caller.program, &account.id, scopes, now);
    match verdict {
        Verdict::Allow(by) => Ok(by),
        Verdict::Ask => {
            wishes::usable(account)?;
            if broker.passes().take(&asker(caller), &account.id, scopes, now) {
                return Ok(vec![]);
            }
            let wish = wishes::wish(account, scopes.clone());
            person(
                broker,
                caller,
                &[wish],
                request.reason.as_deref(),
                request.wait_seconds,
            )
            .await?;
            let orders = broker.orders();
            match orders.verdict(&caller.program, &account.id, scopes, broker.now()) {
                Verdict::Allow(by) => Ok(by),
                _ => Ok(vec![]),
            }
        }
        refusal => Err(refused(&refusal, broker)),
    }
}

/// Asks the person.
pub async fn person(
    broker: &Broker,
    caller: &Arc<Caller>,
    wishes: &[Wish],
    reason: Option<&str>,
    wait_seconds: Option<u32>,
) -> Result<(), Refused> {
    if broker.setup.headless {
        return Err(ProblemCode::NobodyToAsk.into());
    }
    let patience = Duration::from_secs(wait_seconds.unwrap_or(0).min(LONGEST_WAIT).into());
    match broker.approval.ask(caller, wishes, reason, patience).await {
        // The yes is for the program that asked, not for one that it turned into meanwhile.
        Reply::Decided(decision) if decision.is_yes() && caller.still_itself() => Ok(()),
        Reply::Decided(Decision::Silence) if broker.is_paused() => Err(ProblemCode::Paused.into()),
        Reply::Decided(_) => {
            let first = wishes.first().map(|wish| {
                let orders = broker.orders();
                orders.verdict(&caller.program, &wish.account, &wish.scopes, broker.now())
            });
            Err(refused(&first.unwrap_or(Verdict::Ask), broker))
        }
        Reply::StillAsking => Err(Refused::after(ProblemCode::ApprovalPending, 2)),
        Reply::Full => Err(Refused::after(ProblemCode::TooMany, 30)),
    }
}

/// A verdict that is a no.
pub fn refused(verdict: &Verdict, broker: &Broker) -> Refused {
    match verdict {
        Verdict::Refuse(Some(until)) => {
            Refused::after(ProblemCode::ApprovalDenied, (*until - broker.now()).0)
        }
        Verdict::Paused => ProblemCode::Paused.into(),
        Verdict::Refuse(None) | Verdict::Allow(_) | Verdict::Ask => ProblemCode::ApprovalDenied.into(),
    }
}

/// The kept lease where it will do, else one refresh for all who wait.
async fn lease(
    broker: &Broker,
    account: &Arc<Account>,
    scopes: &ScopeSet,
    at_least: Seconds,
) -> Result<Lease, Refused> {
    let accounts = &broker.setup.accounts;
    if let Some(lease) = accounts.kept(&account.id, scopes, at_least) {
        if broker.moment().until(lease.ends) < AHEAD {
            renew_ahead(broker, account, scopes);
        }
        return Ok(lease);
    }
    // Whoever wants it longer than the provider gives cannot make it fetched again and again.
    let serves = accounts.kept(&account.id, scopes, Seconds(0));
    if let Some(lease) = serves
        && broker.freshened.claim(&account.id, scopes, broker.now()).is_err()
    {
        return Ok(lease);
    }
    let fresh = accounts.lease(&account.id, scopes, Freshness::AtLeast(at_least));
    match tokio::time::timeout(PROVIDER, fresh).await {
        Ok(lease) => Ok(lease?),
        Err(_) => Err(Refused::after(ProblemCode::ProviderBusy, 10)),
    }
}

/// Renews a lease that is in use before it ends, so that nobody waits for it then.
fn renew_ahead(broker: &Broker, account: &Arc<Account>, scopes: &ScopeSet) {
    if broker.freshened.claim(&account.id, scopes, broker.now()).is_err() {
        return;
    }
    let (accounts, account, scopes) = (
        Arc::clone(&broker.setup.accounts),
        Arc::clone(account),
        scopes.clone(),
    );
    let mut ahead = broker
        .ahead
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    while ahead.try_join_next().is_some() {}
    ahead.spawn(async move {
        let fresh = accounts.lease(&account.id, &scopes, Freshness::AtLeast(AHEAD));
        // Whoever asks when it is over hears why it could not be renewed.
        let _ = tokio::time::timeout(PROVIDER, fresh).await;
    });
}
