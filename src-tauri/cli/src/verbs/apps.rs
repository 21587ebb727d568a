use std::fs;
use std::path::PathBuf;

use evergrant_protocol::GrantView;
use evergrant_protocol::client::{Client, Method, quoted};
use evergrant_protocol::command::{self, Pause, ProgramList, ProgramView};
use evergrant_words::{listed, say};
use serde_json::Value;

use crate::arguments::{Allow, AppsVerb, Lasting};
use crate::exit::Exit;
use crate::reach::SHORT;
use crate::start::in_path;
use crate::stop::Stop;
use crate::voice;
use crate::when::moment;

pub fn carry_out(
    client: impl FnOnce() -> Result<Client, Stop>,
    verb: Option<&AppsVerb>,
    json: bool,
) -> Result<(), Stop> {
    match verb {
        None | Some(AppsVerb::List) => list(&mut client()?, json),
        Some(AppsVerb::Allow(wish)) => {
            let path = program(&wish.path)?;
            let interpreter = wish.interpreter.as_deref().map(program).transpose()?;
            allow(&mut client()?, wish, path, interpreter, json)
        }
        Some(AppsVerb::End { grant }) => {
            let path = format!("/v1/command/grants/{}", quoted(grant));
            let answer = client()?.ask(Method::Delete, &path, None::<&()>, SHORT)?;
            told(&answer, &say("cli.apps.ended", &[]), json)
        }
        Some(AppsVerb::Pause) => pause(&mut client()?, true, json),
        Some(AppsVerb::Resume) => pause(&mut client()?, false, json),
    }
}

fn list(client: &mut Client, json: bool) -> Result<(), Stop> {
    let list: ProgramList = client.ask(Method::Get, "/v1/command/programs", None::<&()>, SHORT)?;
    if json {
        return voice::json(&list);
    }
    if list.programs.is_empty() {
        let todo = say("cli.apps.none.todo", &[]);
        voice::complain(&say("cli.apps.none.what", &[]), Some(&todo), None);
    }
    for program in &list.programs {
        voice::line(&heading(program))?;
        for grant in &program.grants {
            voice::line(&format!(
                "  {}  {}  {}",
                grant.id,
                grant.account.email,
                lasting(grant)
            ))?;
            for scope in &grant.scopes {
                voice::line(&format!("    {scope}"))?;
            }
        }
    }
    Ok(())
}

fn heading(program: &ProgramView) -> String {
    let mut heading = program.name.clone();
    if let Some(path) = &program.path {
        heading = format!("{heading}  {path}");
    }
    if program.muted {
        heading = format!("{heading}  {}", say("cli.apps.muted", &[]));
    } else if let Some(until) = program.refused_until {
        heading = format!(
            "{heading}  {}",
            say("cli.apps.refused", &[("time", &moment(until))])
        );
    }
    heading
}

fn lasting(grant: &GrantView) -> String {
    let until = grant.until.map_or_else(
        || say("cli.apps.always", &[]),
        |until| say("cli.apps.until", &[("time", &moment(until))]),
    );
    let used = grant.last_used.map_or_else(
        || say("cli.apps.unused", &[]),
        |last| {
            let uses = grant.uses.to_string();
            say("cli.apps.used", &[("count", &uses), ("time", &moment(last))])
        },
    );
    listed(&[until, used])
}

fn allow(
    client: &mut Client,
    wish: &Allow,
    path: String,
    interpreter: Option<String>,
    json: bool,
) -> Result<(), Stop> {
    let said = say("cli.apps.allowed", &[("path", &path), ("account", &wish.account)]);
    let request = command::Allow {
        path,
        interpreter,
        through_command: wish.through_command,
        account: wish.account.clone(),
        scopes: (!wish.scopes.is_empty()).then(|| wish.scopes.clone()),
        seconds: match wish.lasting {
            Lasting::Seconds(seconds) => Some(seconds),
            Lasting::Always => None,
        },
    };
    let answer = client.ask(Method::Post, "/v1/command/programs", Some(&request), SHORT)?;
    told(&answer, &said, json)
}

/// The program's own file, links followed, as the kernel will name it. A bare name is looked for as the
/// shell does: a file that happens to lie in this folder is not what was meant.
fn program(typed: &str) -> Result<String, Stop> {
    let found = if typed.contains('/') {
        Some(PathBuf::from(typed))
    } else {
        in_path(typed)
    };
    found
        .and_then(|path| fs::canonicalize(path).ok())
        .filter(|path| path.is_file())
        .and_then(|path| path.into_os_string().into_string().ok())
        .ok_or_else(|| {
            let what = say("cli.apps.no_program.what", &[("path", typed)]);
            Stop::said(Exit::Usage, what, say("cli.apps.no_program.todo", &[]))
        })
}

fn pause(client: &mut Client, paused: bool, json: bool) -> Result<(), Stop> {
    let answer = client.ask(Method::Post, "/v1/command/pause", Some(&Pause { paused }), SHORT)?;
    let key = if paused {
        "cli.apps.paused"
    } else {
        "cli.apps.resumed"
    };
    told(&answer, &say(key, &[]), json)
}

/// The broker's own answer, or a sentence.
fn told(answer: &Value, sentence: &str, json: bool) -> Result<(), Stop> {
    if json {
        voice::json(answer)
    } else {
        voice::line(sentence)
    }
}
