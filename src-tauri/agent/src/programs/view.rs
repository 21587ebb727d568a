//! What the window shows of the broker.

use std::collections::BTreeMap;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use evergrant_broker::ports::EntryOutcome;
use evergrant_broker::ports::{Grant, Known, Page, RefusalEnd, Written};
use evergrant_broker::witness::{icon_of, package_of};
use evergrant_broker::{Assurance, Broker, Origin, Program, ProgramKey, Shown, TakenBack};
use evergrant_domain::ScopeSet;

use super::Index;
use crate::interface::{
    AskerView, AssuranceView, LogLine, LogOutcome, LogView, ProgramGrantView, ProgramView, ProgramsView,
    QuestionView, TakenBackView, WishView,
};
use crate::view::{beyond_sign_in, seconds};

pub fn programs(broker: &Broker) -> ProgramsView {
    let mut programs: BTreeMap<ProgramKey, ProgramView> = BTreeMap::new();
    for shown in broker.grants() {
        let program = programs
            .entry(shown.program.key.clone())
            .or_insert_with(|| program(&shown.program));
        program.grants.push(grant(&shown));
    }
    for refusal in broker.refusals() {
        let program = programs
            .entry(refusal.program.key.clone())
            .or_insert_with(|| program(&refusal.program));
        match refusal.end {
            RefusalEnd::At(end) => program.refused_until = Some(seconds(end)),
            RefusalEnd::Never => program.muted = true,
        }
    }
    let mut programs: Vec<ProgramView> = programs.into_values().collect();
    for program in &mut programs {
        program
            .grants
            .sort_by(|one, other| (&one.email, one.since).cmp(&(&other.email, other.since)));
    }
    programs.sort_by_key(|program| program.name.to_lowercase());
    ProgramsView {
        paused: broker.is_paused(),
        taken_back: broker.taken_back().as_ref().map(taken_back),
        programs,
    }
}

fn taken_back(taken: &TakenBack) -> TakenBackView {
    TakenBackView {
        program: taken.program().map(str::to_owned),
        until: seconds(taken.until()),
    }
}

fn program(known: &Known) -> ProgramView {
    ProgramView {
        key: known.key.as_str().to_owned(),
        name: known.name.clone(),
        path: known.path.clone(),
        assurance: assurance(known.assurance),
        through_command: known.origin == Origin::Command,
        grants: vec![],
        refused_until: None,
        muted: false,
    }
}

fn grant(grant: &Grant) -> ProgramGrantView {
    ProgramGrantView {
        id: grant.id.as_str().to_owned(),
        account: grant.account.as_str().to_owned(),
        email: grant.email.clone(),
        scopes: beyond_sign_in(&grant.scopes),
        since: seconds(grant.since),
        until: grant.until.map(seconds),
        last_used: grant.last_used.map(seconds),
        uses: u32::try_from(grant.uses).unwrap_or(u32::MAX),
    }
}

pub fn question(shown: &Shown, index: &Index) -> QuestionView {
    let question = &shown.question;
    let wish = |wish: &evergrant_broker::judgement::Wish| WishView {
        email: wish.email.clone(),
        provider_name: index.provider_name(&wish.account).unwrap_or_default(),
        scopes: beyond_sign_in(&wish.scopes),
    };
    QuestionView {
        id: question.id.0,
        program: asker(&question.program),
        wishes: question.wishes.iter().map(wish).collect(),
        reason: question.reason.clone(),
        deadline: question.deadline.map(seconds).unwrap_or_default(),
        behind: u32::try_from(shown.behind).unwrap_or(u32::MAX),
        only_once: !question.program.can_be_remembered(),
    }
}

fn asker(program: &Program) -> AskerView {
    let icon = icon_of(program);
    let package = program.path.as_deref().and_then(package_of);
    AskerView {
        name: program.name.clone(),
        path: program.path.as_deref().map(shown),
        assurance: assurance(program.assurance),
        through_command: program.origin == Origin::Command,
        package: program.package.clone().or(package),
        started_by: program
            .chain
            .iter()
            .map(|ancestor| ancestor.name.clone())
            .collect(),
        unit: program.unit.clone(),
        terminal: program.terminal.clone(),
        icon: icon.map(|icon| format!("data:{};base64,{}", icon.media_type, STANDARD.encode(&icon.bytes))),
    }
}

pub fn log(page: Page, limit: u32) -> LogView {
    let more = page.entries.len() as u64 >= u64::from(limit);
    LogView {
        lines: page.entries.into_iter().map(line).collect(),
        more,
        intact: page.intact,
    }
}

fn line(written: Written) -> LogLine {
    LogLine {
        number: u32::try_from(written.number).unwrap_or(u32::MAX),
        at: seconds(written.at),
        program: written.program,
        path: written.path,
        email: written.account,
        scopes: beyond_sign_in(&ScopeSet::parse(&written.scopes)),
        outcome: match written.outcome {
            EntryOutcome::Given => LogOutcome::Given,
            EntryOutcome::Granted => LogOutcome::Granted,
            EntryOutcome::Refused => LogOutcome::Refused,
            EntryOutcome::Failed => LogOutcome::Failed,
            EntryOutcome::Ended => LogOutcome::Ended,
        },
        code: written.code,
    }
}

const fn assurance(assurance: Assurance) -> AssuranceView {
    match assurance {
        Assurance::Sandboxed => AssuranceView::Sandboxed,
        Assurance::System => AssuranceView::System,
        Assurance::Personal => AssuranceView::Personal,
        Assurance::Script => AssuranceView::Script,
        Assurance::Hidden => AssuranceView::Hidden,
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
