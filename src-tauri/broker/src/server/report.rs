use evergrant_domain::lifecycle::Freshness;
use evergrant_protocol::{ProblemCode, Report, ReportKind, Reported};

use super::refused::Refused;
use super::{Answered, Asked, answer, read, token, wishes};
use crate::judgement::Verdict;

/// `POST /v1/report`: an API would not take the token. It is dropped and a new one fetched, at most once a
/// minute.
pub async fn report(asked: Asked<'_>) -> Answered {
    let report: Report = read::json(&asked.body)?;
    let ReportKind::Rejected = report.kind;
    let (broker, caller) = (asked.broker, asked.caller);
    broker.setup.accounts.ready().await?;
    let account = wishes::account(broker, &report.account)?;
    let scopes = wishes::scopes(broker, &caller.program, &account, report.scopes.as_deref())?;
    let verdict = broker
        .orders()
        .verdict(&caller.program, &account.id, &scopes, broker.now());
    match verdict {
        Verdict::Allow(_) => {}
        // Who has no token has none to report.
        Verdict::Ask => return Err(ProblemCode::ApprovalDenied.into()),
        refusal => return Err(token::refused(&refusal, broker)),
    }
    let narrowed = wishes::narrowed(&account, scopes);
    broker
        .freshened
        .claim(&account.id, &narrowed, broker.now())
        .map_err(|wait| Refused::after(ProblemCode::RateLimited, wait.0))?;
    let lease = broker
        .setup
        .accounts
        .lease(&account.id, &narrowed, Freshness::New)
        .await?;
    Ok(answer::ok(&Reported {
        expires_at: lease.expires_at().0,
    }))
}
