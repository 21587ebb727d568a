use evergrant_protocol::client::{Client, Method, quoted};
use evergrant_protocol::command::{LogEntry, LogPage};
use evergrant_words::say;

use crate::arguments::Log;
use crate::columns::aligned;
use crate::exit::Exit;
use crate::reach::LONG;
use crate::stop::Stop;
use crate::voice;
use crate::when::moment;

/// Entries asked for at once, which keeps an answer well below what is read of one.
const PAGE: u32 = 500;

pub fn show(client: &mut Client, wish: &Log, json: bool) -> Result<(), Stop> {
    let log = read(client, wish)?;
    let intact = log.intact;
    if json {
        voice::json(&log)?;
    } else {
        if log.entries.is_empty() {
            voice::remark(&say("cli.log.none", &[]));
        }
        let rows: Vec<Vec<String>> = log.entries.iter().map(row).collect();
        voice::text(&aligned(&rows))?;
    }
    let gap = || {
        let what = say("cli.log.gap.what", &[]);
        Stop::said(Exit::Failed, what, say("cli.log.gap.todo", &[]))
    };
    intact.then_some(()).ok_or_else(gap)
}

/// Page after page, until there are enough or no more.
fn read(client: &mut Client, wish: &Log) -> Result<LogPage, Stop> {
    let mut log = LogPage {
        entries: Vec::new(),
        intact: true,
    };
    let mut missing = wish.limit;
    while missing > 0 {
        let before = log.entries.last().map(|entry| entry.number);
        let path = path(wish.search.as_deref(), before, missing.min(PAGE));
        let page: LogPage = client.ask(Method::Get, &path, None::<&()>, LONG)?;
        log.intact &= page.intact;
        // Only what is older: an answer that repeats itself must not go on for ever.
        let older = page
            .entries
            .into_iter()
            .filter(|entry| before.is_none_or(|before| entry.number < before));
        let count = log.entries.len();
        log.entries.extend(older.take(missing as usize));
        let added = u32::try_from(log.entries.len() - count).unwrap_or(u32::MAX);
        if added == 0 {
            break;
        }
        missing -= added;
    }
    Ok(log)
}

fn path(search: Option<&str>, before: Option<u64>, limit: u32) -> String {
    let mut path = format!("/v1/command/log?limit={limit}");
    if let Some(search) = search {
        path = format!("{path}&search={}", quoted(search));
    }
    if let Some(before) = before {
        path = format!("{path}&before={before}");
    }
    path
}

fn row(entry: &LogEntry) -> Vec<String> {
    let account = entry.account.clone().unwrap_or_else(|| "-".into());
    let program = entry.path.as_ref().unwrap_or(&entry.program).clone();
    vec![
        moment(entry.at),
        outcome(&entry.outcome),
        account,
        program,
        entry.code.clone().unwrap_or_default(),
    ]
}

/// An outcome in a word; one that is new to this command as the broker names it.
fn outcome(name: &str) -> String {
    let key = match name {
        "given" => "cli.log.given",
        "granted" => "cli.log.allowed",
        "refused" => "cli.log.refused",
        "failed" => "cli.log.failed",
        "ended" => "cli.log.ended",
        other => return other.to_owned(),
    };
    say(key, &[])
}
