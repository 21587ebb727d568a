use evergrant_protocol::client::{Client, Method, quoted};
use evergrant_protocol::command::{self, HistoryLine};
use evergrant_words::say;

use crate::arguments::History;
use crate::columns::aligned;
use crate::reach::LONG;
use crate::stop::Stop;
use crate::voice;
use crate::when::moment;

pub fn show(client: &mut Client, wish: &History, json: bool) -> Result<(), Stop> {
    let mut path = format!("/v1/command/history?limit={}", wish.limit);
    if let Some(account) = &wish.account {
        path = format!("{path}&account={}", quoted(account));
    }
    let history: command::History = client.ask(Method::Get, &path, None::<&()>, LONG)?;
    if json {
        return voice::json(&history);
    }
    if history.lines.is_empty() {
        voice::remark(&say("cli.history.none", &[]));
    }
    let of_all = wish.account.is_none();
    let rows: Vec<Vec<String>> = history.lines.iter().map(|line| row(line, of_all)).collect();
    voice::text(&aligned(&rows))
}

/// When it was last so, whose account where all are told, and what it was.
fn row(line: &HistoryLine, of_all: bool) -> Vec<String> {
    let mut row = vec![moment(line.last)];
    if of_all {
        row.push(line.account.email.clone());
    }
    row.push(words(line));
    row
}

/// What happened, in the words of the window: how often, and why where something went wrong.
fn words(line: &HistoryLine) -> String {
    let program = line
        .program
        .clone()
        .unwrap_or_else(|| say("history.program", &[]));
    let mut what = say(
        &format!("history.{}", line.what.as_str()),
        &[("program", &program)],
    );
    if line.times > 1 {
        let values = [("what", what.as_str()), ("count", &line.times.to_string())];
        what = say("history.times", &values);
    }
    match &line.fault {
        Some(fault) => {
            let why = say(&format!("fault.{fault}.what"), &[]);
            say("text.because", &[("what", &what), ("why", &why)])
        }
        None => what,
    }
}
