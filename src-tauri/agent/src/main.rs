//! Evergrant without a window, for servers and SSH: approvals are given beforehand, on a terminal.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use evergrant_agent::commands::{self, Arguments};
use evergrant_agent::interface::{Interface, ProfileName};
use evergrant_agent::messages::{self, say};
use evergrant_agent::{Agent, Door, Options, Passphrase, hardening, leaving, log};
use tokio::runtime::{Builder, Handle};

/// Threads that serve; the ledger, the book and the vault have their own.
const THREADS: usize = 2;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    messages::speak(messages::Choice::of_this_person());
    log::begin();
    #[cfg(feature = "fail-points")]
    if let Err(mistake) = evergrant_agent::mortal::foretold() {
        return fail(&mistake, 2);
    }
    hardening::apply();
    if let Some(command) = &arguments.command {
        return commands::carry_out(&arguments, command);
    }
    // Before there are threads: it takes the handover out of the environment.
    let door = match Door::inherited() {
        Ok(door) => door,
        Err(trouble) => return fail(&say("start.failed", &[("reason", &trouble.to_string())]), 1),
    };
    let passphrase = match commands::passphrase_to_serve(arguments.passphrase_fd) {
        Ok(passphrase) => passphrase,
        Err(stop) => return stop.tell(),
    };
    match Builder::new_multi_thread()
        .worker_threads(THREADS)
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime.block_on(run(arguments.practice, door, passphrase)),
        Err(error) => fail(&say("start.failed", &[("reason", &error.to_string())]), 1),
    }
}

async fn run(practice: bool, door: Option<Door>, passphrase: Option<Passphrase>) -> ExitCode {
    let shown = if practice {
        ProfileName::Practice
    } else {
        ProfileName::Personal
    };
    let agent = Agent::start(Options {
        show: Some(shown),
        runtime: Handle::current(),
        headless: true,
        door,
        passphrase,
    });
    let served = tokio::select! {
        () = agent.until_gone() => {
            agent.stop().await;
            leaving::finish();
            return ExitCode::SUCCESS;
        }
        () = told_to_end() => true,
        () = agent.until_shut() => false,
    };
    agent.stop().await;
    if served {
        ExitCode::SUCCESS
    } else {
        fail(&say("agent.not_serving", &[]), 1)
    }
}

#[cfg(unix)]
async fn told_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    match (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) {
        (Ok(mut terminate), Ok(mut interrupt)) => {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        }
        _ => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn told_to_end() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}

fn fail(sentence: &str, code: u8) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "{sentence}");
    ExitCode::from(code)
}
