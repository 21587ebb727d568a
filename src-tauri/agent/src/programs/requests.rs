//! What a person decides about programs in the window.

use evergrant_broker::judgement::{Decision as Decided, QuestionId};
use evergrant_broker::ports::{GrantId, Search};
use evergrant_broker::{Broker, ProgramKey};
use evergrant_domain::{Code, Fault, ScopeSet};
use evergrant_engine::ports::Clock;

use super::view;
use crate::interface::{Decision, Lasting, ProgramRequest, Reply};

/// Lines of the log in one page.
const LINES: u32 = 100;

pub async fn ask(broker: &Broker, request: ProgramRequest) -> Result<Reply, Fault> {
    match request {
        ProgramRequest::Answer { question, decision } => {
            broker.answer(QuestionId(question), decided(decision)).await;
        }
        ProgramRequest::Change {
            grant,
            scopes,
            lasting,
        } => {
            let id = grant_id(&grant)?;
            let scopes = ScopeSet::parse(&scopes.join(" "));
            let now = evergrant_adapters::clock::SystemClock.now();
            let until = lasting.and_then(|lasting| asked(lasting).lasting(now));
            broker.change(&id, &scopes, until).await?;
        }
        ProgramRequest::End { grant } => broker.take_back(&[grant_id(&grant)?]).await?,
        ProgramRequest::Forget { program } => broker.forget(&ProgramKey::new(program)).await?,
        ProgramRequest::EndAll => broker.take_back_all().await?,
        ProgramRequest::GiveBack => broker.give_back().await,
        ProgramRequest::Pause(paused) => broker.pause(paused).await?,
        ProgramRequest::Log { search, before } => {
            let search = Search {
                text: search,
                before: before.map(u64::from),
                limit: LINES,
            };
            return Ok(Reply::Log(view::log(broker.log(search).await?, LINES)));
        }
    }
    Ok(Reply::Begun)
}

fn grant_id(text: &str) -> Result<GrantId, Fault> {
    GrantId::parse(text).ok_or_else(|| Code::AccountUnknown.into())
}

const fn decided(decision: Decision) -> Decided {
    match decision {
        Decision::Once => Decided::Once,
        Decision::TwelveHours => Decided::TwelveHours,
        Decision::Always => Decided::Always,
        Decision::Deny => Decided::Deny,
        Decision::DenyAndMute => Decided::DenyAndMute,
    }
}

const fn asked(lasting: Lasting) -> Decided {
    match lasting {
        Lasting::TwelveHours => Decided::TwelveHours,
        Lasting::Always => Decided::Always,
    }
}
