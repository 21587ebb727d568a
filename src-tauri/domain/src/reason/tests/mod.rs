mod ahead;
mod causes;
mod properties;
mod ranking;

use super::*;
use crate::{Code, ScopeSet, Timestamp, time::Seconds};

const DAY: i64 = 24 * 60 * 60;
/// When consent was given.
const CONSENT: Timestamp = Timestamp(1_800_000_000);
const SEND: &str = "https://www.googleapis.com/auth/gmail.send";
const DRIVE: &str = "https://www.googleapis.com/auth/drive";

fn after(days: i64) -> Timestamp {
    CONSENT + Seconds(days * DAY)
}

/// A Google grant to Drive, in use each day of its life.
fn record(days: i64) -> Record {
    Record {
        habits: Habits::GOOGLE,
        consented_at: CONSENT,
        last_success: Some(after(days)),
        consents: 1,
        granted: ScopeSet::parse(&format!("openid email {DRIVE}")),
        ..Record::default()
    }
}

/// It ended an hour after its last sign of life, alone on its client.
fn ended(days: i64) -> Evidence {
    Evidence {
        fault: Code::GrantEnded,
        stopped_at: after(days) + Seconds(3_600),
        record: record(days),
        peers: Peers::default(),
    }
}

fn with(mut evidence: Evidence, change: impl FnOnce(&mut Evidence)) -> Evidence {
    change(&mut evidence);
    evidence
}

fn first(evidence: &Evidence) -> (Cause, Sureness) {
    let reason = reasons(evidence)[0];
    (reason.cause, reason.sureness)
}

fn found(evidence: &Evidence, cause: Cause) -> Option<Sureness> {
    let all = reasons(evidence);
    let reason = all.iter().find(|reason| reason.cause == cause);
    reason.map(|reason| reason.sureness)
}
