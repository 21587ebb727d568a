use evergrant_protocol::client::{Client, Method};
use evergrant_protocol::command::{Check, Examination};
use evergrant_words::say;

use crate::exit::Exit;
use crate::reach::LONG;
use crate::stop::Stop;
use crate::voice;

const SOCKET: &str = "socket";
/// What only a running Evergrant can find out.
const INSIDE: [&str; 5] = ["vault", "clock", "network", "tray", "client"];

/// The way to Evergrant is examined here, so that there is a verdict also when nothing runs.
pub fn examine(client: Result<Client, Stop>, json: bool) -> Result<(), Stop> {
    let asked = client.and_then(|mut client| {
        let path = "/v1/command/doctor";
        Ok(client.ask::<Examination>(Method::Get, path, None::<&()>, LONG)?)
    });
    let (checks, exit) = match asked {
        Ok(found) => inside(found.checks),
        Err(stop) => outside(&stop),
    };
    let examination = Examination { checks };
    if json {
        voice::json(&examination)?;
    } else {
        for check in &examination.checks {
            show(check)?;
        }
    }
    exit.map_or(Ok(()), |exit| Err(Stop::silent(exit)))
}

fn inside(found: Vec<Check>) -> (Vec<Check>, Option<Exit>) {
    let mut checks = vec![check(SOCKET, "well", say("cli.doctor.socket_well", &[]), None)];
    checks.extend(found.into_iter().filter(|check| check.name != SOCKET));
    let ill = checks.iter().any(|check| check.verdict == "ill");
    (checks, ill.then_some(Exit::PersonNeeded))
}

/// Nothing answered, or not as it should.
fn outside(stop: &Stop) -> (Vec<Check>, Option<Exit>) {
    let (what, todo) = stop.words();
    let mut checks = vec![check(
        SOCKET,
        "ill",
        what.unwrap_or_default().to_owned(),
        todo.map(str::to_owned),
    )];
    let unknown = || say("cli.doctor.not_asked", &[]);
    checks.extend(INSIDE.map(|name| check(name, "unknown", unknown(), None)));
    (checks, Some(stop.exit()))
}

fn check(name: &str, verdict: &str, what: String, remedy: Option<String>) -> Check {
    Check {
        name: name.to_owned(),
        verdict: verdict.to_owned(),
        what,
        remedy,
    }
}

fn show(check: &Check) -> Result<(), Stop> {
    let verdict = match check.verdict.as_str() {
        "well" => "✓",
        "ill" => "✗",
        _ => "?",
    };
    voice::line(&format!("{verdict} {}: {}", name(&check.name), check.what))?;
    match &check.remedy {
        Some(remedy) => voice::line(&format!("  → {remedy}")),
        None => Ok(()),
    }
}

/// What was examined, in words; one that is new to this command as the broker names it.
fn name(name: &str) -> String {
    let key = match name {
        SOCKET => "cli.doctor.socket",
        "vault" => "cli.doctor.vault",
        "clock" => "cli.doctor.clock",
        "network" => "cli.doctor.network",
        "tray" => "cli.doctor.tray",
        "client" => "cli.doctor.client",
        other => return other.to_owned(),
    };
    say(key, &[])
}
