//! What happened to an account: its own life as the ledger keeps it, and who asked for it as the
//! programs' log does.

mod askers;

use evergrant_broker::ports::{Log, Search};
use evergrant_domain::{AccountId, Fault, Timestamp};
use evergrant_engine::Engine;
use evergrant_engine::ports::Happening;

use askers::Names;

/// Entries of the log that are read for an account; older ones are in the log itself.
const ENTRIES: u32 = Search::LONGEST_PAGE;

/// One line; the same thing again on the same day is one line that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub first: Timestamp,
    pub last: Timestamp,
    /// How often, at least once.
    pub times: u32,
    pub what: Event,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Own(Happening),
    /// A program of this name was given access.
    Given(String),
    /// A program of this name asked and was refused.
    Refused(String),
}

/// The newest lines, newest first, at most `limit`. Where the log cannot be read, the account's own life
/// is told without it.
///
/// # Errors
/// `AccountUnknown`, `Stopping`; the ledger's.
pub async fn of(
    engine: &Engine,
    log: Option<&dyn Log>,
    id: &AccountId,
    limit: u32,
) -> Result<Vec<Line>, Fault> {
    let row = engine.account(id)?.status().row;
    let own = engine.world().history.lines(id, limit).await?;
    let mut lines: Vec<Line> = own
        .into_iter()
        .map(|line| Line {
            first: line.first,
            last: line.last,
            times: line.times,
            what: Event::Own(line.what),
        })
        .collect();
    if let Some(log) = log {
        match asked_for(log, &Names::of(&row)).await {
            Ok(asked) => lines.extend(asked),
            Err(fault) => tracing::warn!(code = fault.code.as_str(), "who asked for an account is not told"),
        }
    }
    Ok(newest(lines, limit))
}

/// Who asked for the account by any of its names.
async fn asked_for(log: &dyn Log, names: &Names) -> Result<Vec<Line>, Fault> {
    log.flush().await?;
    let mut entries = Vec::new();
    for text in names.to_search() {
        let search = Search {
            text: text.to_owned(),
            before: None,
            limit: ENTRIES,
        };
        entries.extend(log.page(search).await?.entries);
    }
    Ok(askers::rolled_up(entries, names))
}

/// Put together, newest first; among equals the order in which they came holds.
pub fn newest(mut lines: Vec<Line>, limit: u32) -> Vec<Line> {
    lines.sort_by_key(|line| std::cmp::Reverse(line.last));
    lines.truncate(limit as usize);
    lines
}
