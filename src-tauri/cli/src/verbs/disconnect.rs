use std::io::{self, BufRead, IsTerminal, Read, Write};

use evergrant_protocol::client::{Client, Method};
use evergrant_protocol::command::{self, Outcome};
use evergrant_words::say;

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
    if !wish.yes {
        ask_person(wish)?;
    }
    let request = command::Disconnect {
        account: wish.account.clone(),
        only_here: wish.only_here,
    };
    let path = "/v1/command/disconnect";
    let outcome: Outcome = client()?.ask(Method::Post, path, Some(&request), LONG)?;
    if json {
        voice::json(&outcome)?;
    } else if outcome.done {
        let key = if wish.only_here {
            "notice.removed_here"
        } else {
            "notice.disconnected"
        };
        voice::line(&say(key, &[("email", &outcome.account.email)]))?;
    }
    ended(outcome)
}

/// Says what will happen, and goes on only with a typed yes of somebody at a terminal.
fn ask_person(wish: &Disconnect) -> Result<(), Stop> {
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
    let account = voice::plain(&wish.account);
    voice::remark(&say(key, &[("account", &account)]));
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
