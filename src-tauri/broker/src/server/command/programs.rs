use std::collections::BTreeMap;
use std::path::Path;

use evergrant_domain::time::Seconds;
use evergrant_protocol::ProblemCode;
use evergrant_protocol::command::{Allow, ProgramList, ProgramView};

use super::super::{Answer, Answered, Asked, answer, grants, read, wishes};
use crate::ports::{Grant, GrantId, Known, RefusalEnd};
use crate::program::{Origin, ProgramKey};
use crate::server::refused::Refused;
use crate::witness::program_at;

const UNCLEAR: &str = "path: no program, or not clear what runs it; name its interpreter";

/// `GET /v1/command/programs`: all that were decided about.
pub fn list(asked: &Asked<'_>) -> Answer {
    let mut programs: BTreeMap<ProgramKey, ProgramView> = BTreeMap::new();
    for grant in asked.broker.grants() {
        let program = programs
            .entry(grant.program.key.clone())
            .or_insert_with(|| view(&grant.program));
        program.grants.push(grants::view(asked, &grant));
    }
    for refusal in asked.broker.refusals() {
        let program = programs
            .entry(refusal.program.key.clone())
            .or_insert_with(|| view(&refusal.program));
        match refusal.end {
            RefusalEnd::At(end) if asked.broker.now() < end => program.refused_until = Some(end.0),
            RefusalEnd::At(_) => {}
            RefusalEnd::Never => program.muted = true,
        }
    }
    let programs = programs.into_values().collect();
    answer::ok(&ProgramList { programs })
}

fn view(program: &Known) -> ProgramView {
    ProgramView {
        name: program.name.clone(),
        path: program.path.clone(),
        assurance: program.assurance.as_str().to_owned(),
        grants: vec![],
        refused_until: None,
        muted: false,
    }
}

/// `POST /v1/command/programs`: an approval beforehand. Where there is a window, that is where a person
/// decides: any program could run the command.
pub async fn allow(asked: Asked<'_>) -> Answered {
    let allow: Allow = read::json(&asked.body)?;
    let broker = asked.broker;
    if !broker.setup.headless {
        return Err(ProblemCode::ApproveInWindow.into());
    }
    broker.setup.accounts.ready().await?;
    let account = wishes::account(broker, &allow.account)?;
    let origin = if allow.through_command {
        Origin::Command
    } else {
        Origin::Direct
    };
    let program = program_at(
        Path::new(&allow.path),
        allow.interpreter.as_deref().map(Path::new),
        origin,
    )
    .ok_or_else(|| Refused::with_detail(ProblemCode::BadRequest, UNCLEAR))?;
    let scopes = wishes::scopes(broker, &program, &account, allow.scopes.as_deref())?;
    let now = broker.now();
    let grant = Grant {
        id: GrantId::of((broker.setup.random)()),
        program: crate::person::known(&program),
        account: account.id.clone(),
        email: account.email.clone(),
        scopes,
        since: now,
        until: allow.seconds.map(|seconds| now + Seconds(seconds.into())),
        last_used: None,
        uses: 0,
    };
    broker.put(vec![grant]).await;
    Ok(list(&asked))
}

/// `DELETE /v1/command/grants/{id}`: any program's.
pub async fn end(asked: Asked<'_>, id: &str) -> Answered {
    let id = GrantId::parse(id).filter(|id| asked.broker.orders().grant(id).is_some());
    asked.broker.end(&[id.ok_or(ProblemCode::NotFound)?]).await?;
    Ok(list(&asked))
}
