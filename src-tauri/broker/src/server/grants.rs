//! A program's own grants.

use std::sync::Arc;

use evergrant_domain::Scope;
use evergrant_protocol::{AccountName, AskGrants, GrantList, GrantView, ProblemCode};

use super::refused::Refused;
use super::{Answer, Answered, Asked, answer, read, token, wishes};
use crate::approval::asker;
use crate::judgement::{Questions, Verdict, Wish};
use crate::ports::{Account, Found, Grant, GrantId};
use crate::record;

/// `POST /v1/grants`: asks ahead, for several accounts in one question.
pub async fn ask(asked: Asked<'_>) -> Answered {
    let request: AskGrants = read::json(&asked.body)?;
    let (broker, caller) = (asked.broker, asked.caller);
    broker.setup.accounts.ready().await?;
    if request.grants.is_empty() || request.grants.len() > Questions::MOST_WISHES {
        let detail = format!("grants: expected 1 to {}", Questions::MOST_WISHES);
        return Err(Refused::with_detail(ProblemCode::BadRequest, detail));
    }
    let mut open = Vec::new();
    for wanted in &request.grants {
        let account = wishes::account(broker, &wanted.account)?;
        let scopes = wishes::scopes(broker, &caller.program, &account, wanted.scopes.as_deref())?;
        let verdict = broker
            .orders()
            .verdict(&caller.program, &account.id, &scopes, broker.now());
        match verdict {
            Verdict::Allow(_) => {}
            Verdict::Ask => {
                wishes::usable(&account)?;
                open.push((account, scopes));
            }
            refusal => return Err(token::refused(&refusal, broker)),
        }
    }
    if !open.is_empty() {
        let wishes: Vec<Wish> = open
            .into_iter()
            .map(|(account, scopes)| wishes::wish(&account, scopes))
            .collect();
        let reason = request.reason.as_deref();
        let asking = token::person(broker, caller, &wishes, reason, request.wait_seconds);
        if let Err(refused) = asking.await {
            note(&asked, &wishes, refused.code);
            return Err(refused);
        }
        remember_once(&asked, &wishes);
    }
    Ok(list(&asked))
}

/// A yes for once made no grant: the token that comes for it later has a pass.
fn remember_once(asked: &Asked<'_>, wishes: &[Wish]) {
    let (broker, caller, now) = (asked.broker, asked.caller, asked.broker.now());
    let open = |wish: &&Wish| {
        let verdict = broker
            .orders()
            .verdict(&caller.program, &wish.account, &wish.scopes, now);
        verdict == Verdict::Ask
    };
    let once: Vec<Wish> = wishes.iter().filter(open).cloned().collect();
    broker.passes().give(&asker(caller), &once, now);
}

fn note(asked: &Asked<'_>, wishes: &[Wish], code: ProblemCode) {
    for wish in wishes {
        let (program, now) = (&asked.caller.program, asked.broker.now());
        let entry = record::not_given(program, &wish.email, wish.scopes.joined(), code, now);
        asked.broker.setup.log.note(entry);
    }
}

/// `DELETE /v1/grants`: all of one's own.
pub async fn end_own(asked: Asked<'_>) -> Answered {
    let ids = ids(&asked);
    asked.broker.end(&ids).await?;
    Ok(list(&asked))
}

/// `DELETE /v1/grants/{id}`: one's own only; another's is as unknown as none.
pub async fn end_one(asked: Asked<'_>, id: &str) -> Answered {
    let id = GrantId::parse(id).filter(|id| ids(&asked).contains(id));
    let id = id.ok_or(ProblemCode::NotFound)?;
    asked.broker.end(&[id]).await?;
    Ok(list(&asked))
}

fn ids(asked: &Asked<'_>) -> Vec<GrantId> {
    let orders = asked.broker.orders();
    let mine = orders.of(&asked.caller.program, asked.broker.now());
    mine.map(|grant| grant.id.clone()).collect()
}

/// `GET /v1/grants`, and the answer to the others.
pub fn list(asked: &Asked<'_>) -> Answer {
    let orders = asked.broker.orders();
    let mine = orders.of(&asked.caller.program, asked.broker.now());
    let grants = mine
        .map(|grant| view(asked, &asked.broker.usage.on(grant)))
        .collect();
    answer::ok(&GrantList { grants })
}

/// A grant as programs and the command see it.
pub fn view(asked: &Asked<'_>, grant: &Grant) -> GrantView {
    let found = asked.broker.setup.accounts.find(grant.account.as_str());
    let account: Option<Arc<Account>> = match found {
        Found::One(account) => Some(account),
        Found::Nobody | Found::Several(_) => None,
    };
    GrantView {
        id: grant.id.as_str().to_owned(),
        account: account.map_or_else(
            // It is gone; its old address says which it was.
            || AccountName {
                id: grant.account.as_str().to_owned(),
                provider: String::new(),
                email: grant.email.clone(),
            },
            |account| wishes::name(&account),
        ),
        scopes: grant
            .scopes
            .iter()
            .map(Scope::as_str)
            .map(str::to_owned)
            .collect(),
        since: grant.since.0,
        until: grant.until.map(|until| until.0),
        last_used: grant.last_used.map(|last| last.0),
        uses: grant.uses,
    }
}
