//! Starts Evergrant where nothing runs, away from this terminal.

use std::env;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use evergrant_protocol::client::{Client, Unreachable};
use evergrant_words::say;

use crate::exit::Exit;
use crate::stop::Stop;

/// The command's own word for the process that leaves the terminal and becomes Evergrant.
pub const DETACHED: &str = "--become-desktop";
const DESKTOP: &str = "evergrant-desktop";
const WITHIN: Duration = Duration::from_secs(10);
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// Starts it hidden in the tray, and waits until it listens.
pub fn start() -> Result<Client, Stop> {
    if desktop().is_none() {
        return Err(missing());
    }
    let mut child = detached().map_err(|_| failed())?;
    let until = Instant::now() + WITHIN;
    while Instant::now() < until {
        match Client::connect() {
            Err(Unreachable::NotRunning) => {}
            reached => return Ok(reached?),
        }
        // One that was running already is told and the new one ends well; that is no failure.
        if matches!(child.try_wait(), Ok(Some(status)) if !status.success()) {
            return Err(failed());
        }
        thread::sleep(LOOK_AGAIN);
    }
    Err(Stop::said(
        Exit::Later,
        say("cli.start.slow.what", &[]),
        say("cli.start.slow.todo", &[]),
    ))
}

/// This program once more: only a process that is new can leave the terminal's session.
fn detached() -> std::io::Result<Child> {
    Command::new(env::current_exe()?)
        .arg(DETACHED)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .current_dir("/")
        .spawn()
}

/// A session of its own, which no closed terminal ends; then Evergrant takes this process's place.
pub fn become_desktop() -> Exit {
    // It fails only for the leader of a group, which a process just started is not.
    let _ = rustix::process::setsid();
    if let Some(desktop) = desktop() {
        let _ = Command::new(desktop).arg("--hidden").exec();
    }
    Exit::Failed
}

/// Beside this program, else where the shell would find it.
fn desktop() -> Option<PathBuf> {
    let own = env::current_exe().ok();
    let beside = own.and_then(|own| Some(own.parent()?.join(DESKTOP)));
    beside.filter(|path| path.is_file()).or_else(|| in_path(DESKTOP))
}

/// The file that the shell would run under this name.
pub fn in_path(name: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}

fn missing() -> Stop {
    Stop::said(
        Exit::NotRunning,
        say("cli.start.missing.what", &[]),
        say("cli.start.missing.todo", &[]),
    )
}

fn failed() -> Stop {
    Stop::said(
        Exit::NotRunning,
        say("cli.start.failed.what", &[]),
        say("cli.start.failed.todo", &[]),
    )
}
