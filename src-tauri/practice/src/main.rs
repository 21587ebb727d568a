//! The practice Google by itself, for tests and for trying things by hand.

mod arguments;

use arguments::Arguments;
use evergrant_practice::{CLIENT_ID, CLIENT_SECRET, Options, Practice, start_seeded};
use serde_json::json;
use std::{fs, io, path::Path, process::ExitCode};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = match arguments::read(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(sentence) => {
            eprintln!("{sentence}");
            return ExitCode::from(2);
        }
    };
    match run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("The practice Google could not start: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> io::Result<()> {
    let control_key = arguments
        .control_key_file
        .as_deref()
        .map(read_key)
        .transpose()?
        .flatten();
    let options = Options {
        port: arguments.port,
        issuer: arguments.issuer,
        control_key,
        state_file: arguments.state_file,
    };
    let practice = start_seeded(options, arguments.seed).await?;
    if let Some(path) = &arguments.control_key_file {
        write_key(path, practice.control_key())?;
    }
    announce(&practice);
    asked_to_end().await?;
    practice.stop().await;
    Ok(())
}

#[cfg(unix)]
async fn asked_to_end() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminated = signal(SignalKind::terminate())?;
    tokio::select! {
        ended = tokio::signal::ctrl_c() => ended,
        _ = terminated.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn asked_to_end() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}

#[expect(
    clippy::print_stdout,
    reason = "this line is how a test learns the address and the key"
)]
fn announce(practice: &Practice) {
    println!(
        "{}",
        json!({
            "base_url": practice.base_url(),
            "control_key": practice.control_key(),
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
        })
    );
    eprintln!(
        "The practice Google listens at {}. Press Ctrl-C to end it.",
        practice.base_url()
    );
}

fn read_key(path: &Path) -> io::Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text.trim().to_owned()).filter(|key| !key.is_empty())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn write_key(path: &Path, key: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    io::Write::write_all(&mut options.open(path)?, key.as_bytes())
}
