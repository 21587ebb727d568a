//! Why an account stopped, and what will end one that works, as shown.

use std::collections::BTreeMap;

use evergrant_domain::reason::{
    self, Cause, Evidence, Forecast, Habits, Peers, Reason, Record, Sureness as Sure,
};
use evergrant_domain::{Code, Recovery, Timestamp, lifecycle::Standing, provider::Provider, time::Seconds};
use evergrant_engine::event::Status;
use evergrant_engine::ports::Row;

use crate::interface::{ForecastView, ReasonView, Sureness};
use crate::view::seconds;

/// Other causes that are named beside the likeliest.
const OTHERS: usize = 3;
/// Accounts that stop within this time stop together.
const TOGETHER: Seconds = Seconds(60 * 60);

/// Why it stopped, where it did: its neighbours are all other accounts of the profile.
pub fn reason(
    status: &Status,
    provider: &Provider,
    neighbours: &[Status],
    now: Timestamp,
) -> Option<ReasonView> {
    let fault = stopped_by(status)?;
    let evidence = Evidence {
        fault,
        // Where nobody wrote it down, it was found out just now.
        stopped_at: status.row.stopped_at.unwrap_or(now),
        record: record(&status.row, provider),
        peers: peers(&status.row, neighbours),
    };
    let all = reason::reasons(&evidence);
    let (first, others) = all.split_first()?;
    Some(ReasonView {
        cause: first.cause.as_str().to_owned(),
        sureness: sureness(first.sureness),
        values: BTreeMap::from([("provider".to_owned(), provider.name.clone())]),
        others: others.iter().copied().take(OTHERS).map(name).collect(),
        recovery: recovery(first.cause, fault).into(),
    })
}

/// What will end it before long, while it works.
pub fn forecast(status: &Status, provider: &Provider, now: Timestamp) -> Option<ForecastView> {
    if status.standing != Standing::Connected {
        return None;
    }
    let ahead = reason::forecast(&record(&status.row, provider), now)?;
    Some(ForecastView {
        kind: ahead.kind().to_owned(),
        at: ahead.at().map(seconds),
        count: match ahead {
            Forecast::Consents { count } => Some(count),
            Forecast::TestingEnds { .. } | Forecast::TimeLimited { .. } | Forecast::Idle { .. } => None,
        },
        recovery: ahead.recovery().into(),
    })
}

/// What stopped it; none while it works, or fails for a reason that is not about its grant.
pub fn stopped_by(status: &Status) -> Option<Code> {
    match status.standing {
        Standing::NeedsReconnect(code) => Some(code),
        Standing::NeedsSignIn => Some(Code::SignInExpired),
        Standing::Disconnecting(_) => None,
        Standing::Connected => {
            let trouble = status.trouble.as_ref().map(|fault| fault.code);
            trouble.filter(|code| Cause::is_behind(*code))
        }
    }
}

fn record(row: &Row, provider: &Provider) -> Record {
    Record {
        habits: Habits::of(provider),
        consented_at: row.consented_at,
        last_success: row.last_checked,
        last_used: row.last_used,
        grant_ends_at: row.grant_ends_at,
        consents: row.consents,
        granted: row.granted.clone(),
        organisation: row.person.organisation.is_some(),
    }
}

fn peers(row: &Row, neighbours: &[Status]) -> Peers {
    let mut peers = Peers::default();
    for other in neighbours.iter().map(|status| &status.row) {
        let of_one_client = (&other.provider, &other.client_id) == (&row.provider, &row.client_id);
        if other.id == row.id || !of_one_client {
            continue;
        }
        peers.others += 1;
        let apart = other.stopped_at.zip(row.stopped_at);
        if apart.is_some_and(|(other, own)| (other - own).0.unsigned_abs() <= TOGETHER.0.unsigned_abs()) {
            peers.stopped_with_it += 1;
        }
    }
    peers
}

/// Where no cause is known, the fault says what mends it.
const fn recovery(cause: Cause, fault: Code) -> Recovery {
    match cause {
        Cause::Unknown => fault.recovery(),
        known => known.recovery(),
    }
}

fn name(reason: Reason) -> String {
    reason.cause.as_str().to_owned()
}

const fn sureness(sureness: Sure) -> Sureness {
    match sureness {
        Sure::Certain => Sureness::Certain,
        Sure::Likely => Sureness::Likely,
        Sure::Possible => Sureness::Possible,
    }
}

#[cfg(test)]
mod tests;
