use std::io::{self, BufRead, IsTerminal, Read, Write};

use evergrant_protocol::AccountState;
use evergrant_protocol::client::{Client, Method};
use evergrant_protocol::command::{self, Outcome};
use evergrant_words::{listed, say};

use super::accounts;
use super::checks::ended;
use crate::arguments::Disconnect;
use crate::exit::Exit;
use crate::reach::LONG;
use crate::stop::Stop;
use crate::voice;

/// What counts as a yes, and the longest answer that is read.
const YES: [&str; 2] = ["yes", "y"];
const LONGEST: u64 = 1024;

pub fn disconnect(
    client: impl FnOnce() -> Result<Client, Stop>,
    wish: &Disconnect,
    json: bool,
) -> Result<(), Stop> {
    let Some(account) = &wish.account else {
        return disconnect_all(&mut client()?, wish, json);
    };
    ask_person(wish, account)?;
    let outcome = end(&mut client()?, account, wish.only_here)?;
    if json {
        voice::json(&outcome)?;
    } else {
        tell(&outcome, wish)?;
    }
    ended(outcome)
}

/// One after the other, also after one that goes on; the first of those decides how the command ends.
fn disconnect_all(client: &mut Client, wish: &Disconnect, json: bool) -> Result<(), Stop> {
    let mut accounts = accounts::all(client)?.accounts;
    accounts.retain(|account| account.state != AccountState::Disconnecting);
    let emails: Vec<&str> = accounts.iter().map(|account| account.email.as_str()).collect();
    if !emails.is_empty() {
        ask_person(wish, &listed(&emails))?;
    }
    let mut outcomes = Vec::new();
    for account in &accounts {
        let outcome = end(client, &account.id, wish.only_here)?;
        if !json {
            tell(&outcome, wish)?;
        }
        outcomes.push(outcome);
    }
    if json {
        voice::json(&outcomes)?;
    } else if outcomes.is_empty() {
        voice::remark(&say("cli.no_accounts.what", &[]));
    }
    outcomes
        .into_iter()
        .map(ended)
        .find(Result::is_err)
        .unwrap_or(Ok(()))
}

fn end(client: &mut Client, account: &str, only_here: bool) -> Result<Outcome, Stop> {
    let request = command::Disconnect {
        account: account.to_owned(),
        only_here,
    };
    Ok(client.ask(Method::Post, "/v1/command/disconnect", Some(&request), LONG)?)
}

fn tell(outcome: &Outcome, wish: &Disconnect) -> Result<(), Stop> {
    if !outcome.done {
        return Ok(());
    }
    let key = if wish.only_here {
        "notice.removed_here"
    } else {
        "notice.disconnected"
    };
    voice::line(&say(key, &[("email", &outcome.account.email)]))
}

/// Says what will happen, and goes on only with a typed yes of somebody at a terminal.
fn ask_person(wish: &Disconnect, accounts: &str) -> Result<(), Stop> {
    if wish.yes {
        return Ok(());
    }
    if !io::stdin().is_terminal() {
        return Err(Stop::said(
            Exit::Usage,
            say("cli.nobody_here.what", &[]),
            say("cli.nobody_here.todo", &[]),
        ));
    }
    let key = if wish.only_here {
        "cli.disconnect.here"
    } else {
        "cli.disconnect.everywhere"
    };
    voice::remark(&say(key, &[("account", &voice::plain(accounts))]));
    let mut err = io::stderr().lock();
    let _ = write!(err, "{} ", say("cli.disconnect.question", &[]));
    let _ = err.flush();
    let mut typed = String::new();
    io::stdin().lock().take(LONGEST).read_line(&mut typed)?;
    if YES.contains(&typed.trim().to_lowercase().as_str()) {
        return Ok(());
    }
    Err(Stop::said(
        Exit::Refused,
        say("cli.kept.what", &[]),
        say("cli.kept.todo", &[]),
    ))
}
