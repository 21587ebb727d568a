//! The Tauri shell: window, tray and notifications. It knows the agent through its interface alone.

mod arguments;
mod attention;
mod background;
mod bindings;
mod bulletin;
mod commands;
mod compose;
mod desk;
mod desktop;
mod dropped;
mod forward;
mod gist;
mod leaving;
mod notices;
mod notify;
mod question;
mod quit;
mod second_start;
mod shell;
#[cfg(target_os = "linux")]
mod status_notifier;
mod tasks;
#[cfg(test)]
mod tests;
#[cfg(target_os = "linux")]
mod theme;
mod told;
#[cfg(unix)]
mod told_to_end;
mod tray;
#[cfg(target_os = "linux")]
mod web_processes;
mod window;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use arguments::Wish;
use evergrant_agent::messages::{self, say};

/// Runs until the person quits.
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    messages::speak(messages::Choice::of_this_person());
    match arguments::read(arguments) {
        Wish::Version => {
            let _ = writeln!(std::io::stdout(), "Evergrant {}", env!("CARGO_PKG_VERSION"));
            ExitCode::SUCCESS
        }
        Wish::Unknown(argument) => {
            let sentence = say("start.unknown_argument", &[("argument", &argument)]);
            let _ = writeln!(std::io::stderr(), "{sentence}");
            ExitCode::from(2)
        }
        Wish::Run(start) => {
            evergrant_agent::log::begin();
            evergrant_agent::hardening::apply();
            compose::run(start)
        }
    }
}
