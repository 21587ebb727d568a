//! Measures the broker of this build, each figure beside a floor of the same run, and says which
//! targets are met.
//!
//! The servers are processes of their own: this program, started once more with a word that says what
//! to be. The clients are this process, so that a figure holds the way between two processes and back.

mod crowd;
mod figure;
mod measure;
mod place;
mod running;
mod samples;
mod server;
mod wire;

use std::error::Error;
use std::process::ExitCode;

/// A measurement that cannot be made ends the whole run: half a table would be read as a whole one.
type Outcome<T = ()> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["echo", socket] => server::echo(socket.as_ref()),
        ["broker", rest @ ..] => server::Setting::read(rest).and_then(|setting| server::broker(&setting)),
        [] => measure::all(None),
        ["--json", file] => measure::all(Some(file.as_ref())),
        _ => Err("usage: evergrant-bench [--json FILE]".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}
