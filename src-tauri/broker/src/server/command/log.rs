use evergrant_protocol::command::{LogEntry, LogPage};

use super::super::{Answered, Asked, answer, read};
use crate::ports::{Search, Written};

/// Lines in one answer, unless fewer are asked.
const LINES: u32 = 100;

/// `GET /v1/command/log`.
pub async fn page(asked: Asked<'_>) -> Answered {
    let search = Search {
        text: read::field(asked.query, "search").unwrap_or_default(),
        before: read::number(asked.query, "before")?,
        limit: read::number(asked.query, "limit")?.unwrap_or(LINES),
    };
    let page = asked.broker.log(search).await?;
    Ok(answer::ok(&LogPage {
        entries: page.entries.into_iter().map(entry).collect(),
        intact: page.intact,
    }))
}

fn entry(written: Written) -> LogEntry {
    LogEntry {
        number: written.number,
        at: written.at.0,
        program: written.program,
        path: written.path,
        account: written.account,
        scopes: written.scopes.split_whitespace().map(str::to_owned).collect(),
        outcome: written.outcome.as_str().to_owned(),
        code: written.code,
    }
}
