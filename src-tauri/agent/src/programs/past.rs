//! What happened to accounts, as the `evergrant` command is told.

use evergrant_domain::{AccountId, Fault};
use evergrant_engine::ports::{Happening, Row};
use evergrant_protocol::AccountName;
use evergrant_protocol::command::{Happened, HistoryLine};

use crate::history::{self, Event, Line};
use crate::profiles::Profiles;

/// Newest first, over all of these accounts. One that went away meanwhile has no past any more.
pub async fn of(profiles: &Profiles, accounts: &[AccountId], limit: u32) -> Result<Vec<HistoryLine>, Fault> {
    let mut all = Vec::new();
    for id in accounts {
        let Some(name) = profiles.index.profile(id) else {
            continue;
        };
        let profile = profiles.get(name).await?;
        let Ok(account) = profile.engine.account(id) else {
            continue;
        };
        let row = account.status().row;
        let lines = history::of(&profile.engine, profiles.log(), id, limit).await?;
        all.extend(lines.into_iter().map(|told| line(&row, told)));
    }
    all.sort_by_key(|line| std::cmp::Reverse(line.last));
    all.truncate(limit as usize);
    Ok(all)
}

fn line(row: &Row, line: Line) -> HistoryLine {
    let (what, fault, program) = match line.what {
        Event::Own(Happening::Connected) => (Happened::Connected, None, None),
        Event::Own(Happening::Reconnected) => (Happened::Reconnected, None, None),
        Event::Own(Happening::Refreshed) => (Happened::Refreshed, None, None),
        Event::Own(Happening::Failed(code)) => (Happened::Failed, Some(code), None),
        Event::Own(Happening::Stopped(code)) => (Happened::Stopped, Some(code), None),
        Event::Own(Happening::Disconnecting) => (Happened::Disconnecting, None, None),
        Event::Given(program) => (Happened::Given, None, Some(program)),
        Event::Refused(program) => (Happened::Refused, None, Some(program)),
    };
    HistoryLine {
        account: AccountName {
            id: row.id.as_str().to_owned(),
            provider: row.provider.as_str().to_owned(),
            email: row.person.label().to_owned(),
        },
        what,
        first: line.first.0,
        last: line.last.0,
        times: line.times,
        fault: fault.map(|code| code.as_str().to_owned()),
        program,
    }
}
