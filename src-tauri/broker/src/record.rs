//! What the log says of each answer.

use evergrant_domain::{ScopeSet, Timestamp};
use evergrant_protocol::ProblemCode;

use crate::judgement::{Decision, Wish};
use crate::ports::{Account, Entry, EntryOutcome, Grant};
use crate::program::Program;

/// Characters kept of an account's name that a program made up.
const LONGEST_NAME: usize = 100;

pub fn given(program: &Program, account: &Account, scopes: &ScopeSet, now: Timestamp) -> Entry {
    Entry {
        account: Some(account.email.clone()),
        scopes: scopes.joined(),
        ..entry(program, EntryOutcome::Given, now)
    }
}

/// `account` as the program called it.
pub fn not_given(
    program: &Program,
    account: &str,
    scopes: String,
    code: ProblemCode,
    now: Timestamp,
) -> Entry {
    let outcome = match code {
        ProblemCode::ApprovalPending
        | ProblemCode::ApprovalDenied
        | ProblemCode::NobodyToAsk
        | ProblemCode::CommandOnly
        | ProblemCode::ApproveInWindow
        | ProblemCode::Paused
        | ProblemCode::RateLimited => EntryOutcome::Refused,
        _ => EntryOutcome::Failed,
    };
    Entry {
        account: Some(readable(account)),
        scopes,
        code: Some(code.as_str()),
        ..entry(program, outcome, now)
    }
}

/// Text that a program made up, short enough and without what would hide the rest of it: a search of the
/// log ends at a NUL, a line on a terminal at a line end.
fn readable(text: &str) -> String {
    let shown = |letter: char| if letter.is_control() { '\u{fffd}' } else { letter };
    text.chars().map(shown).take(LONGEST_NAME).collect()
}

pub fn decided(program: &Program, wish: &Wish, decision: Decision, now: Timestamp) -> Entry {
    let (outcome, code) = if decision.is_yes() {
        (EntryOutcome::Granted, None)
    } else {
        (EntryOutcome::Refused, Some(ProblemCode::ApprovalDenied.as_str()))
    };
    Entry {
        account: Some(wish.email.clone()),
        scopes: wish.scopes.joined(),
        code,
        ..entry(program, outcome, now)
    }
}

/// A person thought again.
pub fn given_back(grant: &Grant, now: Timestamp) -> Entry {
    Entry {
        outcome: EntryOutcome::Granted,
        ..ended(grant, now)
    }
}

pub fn ended(grant: &Grant, now: Timestamp) -> Entry {
    Entry {
        at: now,
        program: grant.program.name.clone(),
        path: grant.program.path.clone(),
        account: Some(grant.email.clone()),
        scopes: grant.scopes.joined(),
        outcome: EntryOutcome::Ended,
        code: None,
    }
}

fn entry(program: &Program, outcome: EntryOutcome, now: Timestamp) -> Entry {
    Entry {
        at: now,
        program: program.name.clone(),
        path: program.path.as_ref().map(|path| path.display().to_string()),
        account: None,
        scopes: String::new(),
        outcome,
        code: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_program_made_up_hides_nothing_behind_a_nul() {
        assert_eq!(readable("zoë\0@exam\nple"), "zoë\u{fffd}@exam\u{fffd}ple");
        assert_eq!(readable(&"ü".repeat(1_000)).chars().count(), LONGEST_NAME);
    }
}
