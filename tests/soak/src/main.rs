//! `evergrant-crash`: the crash test by itself, for as long as one wants.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use evergrant_soak::{Failure, Tally, Wish, run};

const USAGE: &str = "Usage: evergrant-crash [--seed N] [--kills N]\n";
const KILLS: usize = 1_000;

#[tokio::main]
async fn main() -> ExitCode {
    let Some(wish) = wish(std::env::args().skip(1)) else {
        say(USAGE);
        return ExitCode::from(2);
    };
    say(&format!("seed {}, {} kills\n", wish.seed, wish.kills));
    // Dropping the run ends everything that it started.
    let ended = tokio::select! {
        ended = run(wish, progress) => ended,
        () = told_to_end() => Err(Failure::Stage("interrupted".to_owned())),
    };
    match ended {
        Ok(tally) => {
            say(&format!("\n{tally}"));
            ExitCode::SUCCESS
        }
        Err(failure) => {
            say(&format!("\n{failure}\n"));
            ExitCode::FAILURE
        }
    }
}

fn wish(mut words: impl Iterator<Item = String>) -> Option<Wish> {
    let mut wish = Wish {
        seed: fastrand::u64(..),
        kills: KILLS,
    };
    while let Some(word) = words.next() {
        let number = words.next()?;
        match word.as_str() {
            "--seed" => wish.seed = number.parse().ok()?,
            "--kills" => wish.kills = number.parse().ok()?,
            _ => return None,
        }
    }
    Some(wish)
}

/// How far it is: a line that changes on a terminal, a line each hundred kills elsewhere.
fn progress(tally: &Tally) {
    let err = std::io::stderr();
    if err.is_terminal() {
        let _ = write!(err.lock(), "\r{} kills in {} trials", tally.kills, tally.trials);
    } else if tally.trials.is_multiple_of(100) {
        let _ = writeln!(err.lock(), "{} kills in {} trials", tally.kills, tally.trials);
    }
}

async fn told_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminated) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminated.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

fn say(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}
