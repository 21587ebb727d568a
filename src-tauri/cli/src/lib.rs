//! The `evergrant` command: asks the broker, and says what it answered.
//!
//! Only the answer goes to standard output; sentences and hints go to standard error. It starts as fast as
//! any small command: no runtime, and nothing is read or parsed before it is needed.

pub mod arguments;
mod columns;
pub mod exit;
mod format;
mod reach;
mod start;
mod stop;
mod verbs;
mod voice;
mod when;

use std::env;
use std::process::ExitCode;

use clap::CommandFactory;

use arguments::Arguments;
use exit::Exit;

/// Does what the command line says.
pub fn run() -> ExitCode {
    if env::args_os().nth(1).is_some_and(|word| word == start::DETACHED) {
        return start::become_desktop().into();
    }
    leave_no_core();
    evergrant_words::speak(evergrant_words::Choice::of_this_person());
    let exit = match arguments::read() {
        Ok(arguments) => carry_out(&arguments),
        Err(error) => misunderstood(&error),
    };
    exit.into()
}

fn carry_out(arguments: &Arguments) -> Exit {
    let Some(verb) = &arguments.verb else {
        let help = Arguments::command().render_help();
        return voice::text(&help.to_string()).map_or_else(|stop| stop.tell(), |()| Exit::Done);
    };
    verbs::carry_out(verb, arguments.json, arguments.start).map_or_else(|stop| stop.tell(), |()| Exit::Done)
}

/// Help and version are answers; everything else clap says is a wrong usage.
fn misunderstood(error: &clap::Error) -> Exit {
    let words = error.render().to_string();
    if error.use_stderr() {
        voice::remark(words.trim_end());
        Exit::Usage
    } else {
        voice::text(&words).map_or_else(|stop| stop.tell(), |()| Exit::Done)
    }
}

/// No core file holds an access token. The process stays readable to its own person (`PR_SET_DUMPABLE`):
/// otherwise the broker could not see who asks.
fn leave_no_core() {
    use rustix::process::{Resource, Rlimit, setrlimit};

    let nothing = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    // Lowering a limit is always allowed.
    let _ = setrlimit(Resource::Core, nothing);
}
