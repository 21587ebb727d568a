//! What this command may not do itself: it knows neither the vault nor the ledger. `evergrant-agent` takes its
//! place, with the terminal and the open descriptors.

use std::env;
use std::ffi::OsString;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Command;

use evergrant_words::say;

use crate::exit::Exit;
use crate::start::in_path;
use crate::stop::Stop;

const AGENT: &str = "evergrant-agent";

/// Becomes `evergrant-agent` with these words; returns only where that is not possible.
pub fn hand_over(words: Vec<OsString>) -> Result<(), Stop> {
    if let Some(agent) = agent() {
        // It returns only with an error.
        let _ = Command::new(agent).args(words).exec();
    }
    Err(Stop::said(
        Exit::Failed,
        say("backup.no_agent.what", &[]),
        say("backup.no_agent.todo", &[]),
    ))
}

/// Beside this program, else where the shell would find it.
fn agent() -> Option<PathBuf> {
    let own = env::current_exe().ok();
    let beside = own.and_then(|own| Some(own.parent()?.join(AGENT)));
    beside.filter(|path| path.is_file()).or_else(|| in_path(AGENT))
}
