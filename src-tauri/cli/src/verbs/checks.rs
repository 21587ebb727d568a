use evergrant_protocol::client::{Client, Method};
use evergrant_protocol::command::{OneAccount, Outcome, TestLine};
use evergrant_words::say;

use crate::exit::Exit;
use crate::reach::LONG;
use crate::stop::Stop;
use crate::voice;
use crate::when::moment;

pub fn test(client: &mut Client, account: &str, json: bool) -> Result<(), Stop> {
    let outcome = ask(client, "/v1/command/test", account)?;
    if json {
        voice::json(&outcome)?;
    } else {
        for line in &outcome.lines {
            voice::line(&line.what)?;
            if let Some(todo) = &line.todo {
                voice::complain(&line.what, Some(todo), None);
            }
        }
    }
    let works = outcome.lines.iter().all(works);
    ended(outcome)?;
    works.then_some(()).ok_or(Stop::silent(Exit::PersonNeeded))
}

fn works(line: &TestLine) -> bool {
    line.verdict == "works"
}

pub fn refresh(client: &mut Client, account: &str, json: bool) -> Result<(), Stop> {
    let outcome = ask(client, "/v1/command/refresh", account)?;
    if json {
        voice::json(&outcome)?;
    } else if let (true, Some(until)) = (outcome.done, outcome.fresh_until) {
        let email = outcome.account.email.as_str();
        let values = [("email", email), ("time", &moment(until))];
        voice::line(&say("cli.refreshed", &values))?;
    }
    ended(outcome)
}

fn ask(client: &mut Client, path: &str, account: &str) -> Result<Outcome, Stop> {
    let account = OneAccount {
        account: account.to_owned(),
    };
    Ok(client.ask(Method::Post, path, Some(&account), LONG)?)
}

/// What an outcome means for the exit code, said where it is no success.
pub fn ended(outcome: Outcome) -> Result<(), Stop> {
    match outcome.trouble {
        Some(trouble) => Err(trouble.into()),
        None if outcome.done => Ok(()),
        None => Err(Stop::said(
            Exit::Later,
            say("cli.not_done.what", &[]),
            say("cli.not_done.todo", &[]),
        )),
    }
}
