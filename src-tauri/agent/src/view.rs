//! Turns what the engine knows into what is shown.

mod history;
mod reason;

pub use history::history;
pub use reason::stopped_by;

use evergrant_domain::{
    Api, ClientKey, Fault, Permission, Scope, ScopeSet, Timestamp, lifecycle::Standing, provider::Provider,
};
use evergrant_engine::event::{
    self, AttemptPurpose, AttemptStatus, Status, Step as EngineStep, TestLine as EngineLine,
};
use evergrant_engine::ports::ProbeAnswer;

use crate::interface::{
    AccountState, AccountView, Activity, AttemptView, Check, Outcome, PermissionView, Purpose, Step,
    TestLine, Verdict,
};

/// An account among its neighbours: all accounts of the profile, itself among them or not.
pub fn account(status: &Status, provider: &Provider, neighbours: &[Status], now: Timestamp) -> AccountView {
    let row = &status.row;
    AccountView {
        id: row.id.as_str().to_owned(),
        provider: provider.id.as_str().to_owned(),
        provider_name: provider.name.clone(),
        client: ClientKey::of(&row.provider, &row.client_id).name(),
        email: row.person.label().to_owned(),
        name: row.person.name.clone(),
        has_picture: status.has_picture,
        state: state(status.standing),
        fault: status.trouble.as_ref().map(Into::into),
        reason: reason::reason(status, provider, neighbours, now),
        forecast: reason::forecast(status, provider, now),
        granted: beyond_sign_in(&row.granted),
        missing: beyond_sign_in(&status.missing()),
        connected_since: seconds(row.connected_since),
        last_checked: row.last_checked.map(seconds),
        fresh_until: status.fresh_until.map(|end| seconds(end.wall)),
        busy: status.busy.map(activity),
        outcome: status.outcome.as_ref().map(outcome),
    }
}

/// `copies`: no browser is opened.
pub fn attempt(status: &AttemptStatus, copies: bool) -> AttemptView {
    AttemptView {
        provider: status.provider.as_str().to_owned(),
        purpose: match status.purpose {
            AttemptPurpose::Adding => Purpose::Adding,
            AttemptPurpose::Reconnecting => Purpose::Reconnecting,
            AttemptPurpose::AskingAgain => Purpose::AskingAgain,
        },
        client: status
            .client_id
            .as_ref()
            .map(|id| ClientKey::of(&status.provider, id).name()),
        email: status.label.clone(),
        step: match status.step {
            EngineStep::Opening => Step::Opening,
            EngineStep::Waiting => Step::Waiting,
            EngineStep::Finishing => Step::Finishing,
            EngineStep::Saving => Step::Saving,
            EngineStep::NotSaved => Step::NotSaved,
            EngineStep::Failed => Step::Failed,
        },
        copies,
        asked_again: status.asked_again,
        deadline: seconds(status.deadline),
        fault: status.fault.as_ref().map(Into::into),
    }
}

/// The choices of the permissions page, with the scopes behind each.
pub fn permissions() -> Vec<PermissionView> {
    let view = |permission: Permission| PermissionView {
        id: permission.into(),
        scopes: permission.scopes().iter().map(|s| (*s).to_owned()).collect(),
    };
    Permission::ALL.into_iter().map(view).collect()
}

/// Times before 1970 or after 2106 do not come from a working clock.
pub fn seconds(moment: Timestamp) -> u32 {
    u32::try_from(moment.0.max(0)).unwrap_or(u32::MAX)
}

pub fn beyond_sign_in(scopes: &ScopeSet) -> Vec<String> {
    let beyond = scopes.iter().filter(|scope| !scope.is_sign_in());
    beyond.map(Scope::as_str).map(str::to_owned).collect()
}

const fn state(standing: Standing) -> AccountState {
    match standing {
        Standing::Connected => AccountState::Connected,
        Standing::NeedsReconnect(_) => AccountState::NeedsReconnect,
        Standing::NeedsSignIn => AccountState::NeedsSignIn,
        Standing::Disconnecting(_) => AccountState::Disconnecting,
    }
}

const fn activity(activity: event::Activity) -> Activity {
    match activity {
        event::Activity::Testing => Activity::Testing,
        event::Activity::Refreshing => Activity::Refreshing,
        event::Activity::Disconnecting => Activity::Disconnecting,
    }
}

fn outcome(outcome: &event::Outcome) -> Outcome {
    match outcome {
        event::Outcome::Connected { at, renewed } => Outcome::Connected {
            at: seconds(*at),
            renewed: *renewed,
        },
        event::Outcome::Refreshed { at, until } => Outcome::Refreshed {
            at: seconds(*at),
            until: seconds(*until),
        },
        event::Outcome::Tested { at, lines } => Outcome::Tested {
            at: seconds(*at),
            lines: lines.iter().map(line).collect(),
        },
        event::Outcome::Failed {
            at,
            activity: what,
            fault,
        } => Outcome::Failed {
            at: seconds(*at),
            activity: activity(*what),
            fault: fault.into(),
        },
    }
}

fn line(line: &EngineLine) -> TestLine {
    let check = match line.check {
        event::Check::SignIn => Check::SignIn,
        event::Check::Identity => Check::Identity,
        event::Check::Api(Api::Gmail) => Check::Gmail,
        event::Check::Api(Api::Calendar) => Check::Calendar,
        event::Check::Api(Api::Contacts) => Check::Contacts,
        event::Check::Api(Api::Drive) => Check::Drive,
    };
    TestLine {
        check,
        verdict: verdict(&line.result),
        fault: line.result.as_ref().err().map(Into::into),
    }
}

const fn verdict(result: &Result<ProbeAnswer, Fault>) -> Verdict {
    match result {
        Ok(ProbeAnswer::Works) => Verdict::Works,
        Ok(ProbeAnswer::SwitchedOff) => Verdict::SwitchedOff,
        Ok(ProbeAnswer::NotAllowed) => Verdict::NotAllowed,
        Err(_) => Verdict::Failed,
    }
}
