//! `evergrant token ACCOUNT` as a whole process, beside a process that does nothing.

use std::path::Path;
use std::process::{Command, Stdio};

use super::COMPOSED;
use crate::Outcome;
use crate::figure::{Figure, Target};
use crate::running::Running;
use crate::samples::{Samples, median};
use crate::server::address;

const ROUNDS: usize = 10;
const RUNS: usize = 30;

/// Both are started by `posix_spawn` and waited for.
pub fn token(broker: &Running) -> Outcome<Vec<Figure>> {
    let evergrant = std::env::current_exe()?.with_file_name("evergrant");
    if !evergrant.exists() {
        return Err(format!("{} is not there: build it first", evergrant.display()).into());
    }
    let nothing = || run(&mut Command::new("/bin/true"));
    let token = || {
        let mut command = Command::new(&evergrant);
        command
            .args(["token", &address(0)])
            .env("EVERGRANT_SOCKET", broker.socket());
        run(&mut command)
    };
    let (mut beneath, mut above) = (Vec::new(), Vec::new());
    Samples::of(RUNS, token)?;
    for _ in 0..ROUNDS {
        beneath.push(Samples::of(RUNS, nothing)?.percentile(50));
        above.push(Samples::of(RUNS, token)?.percentile(50));
    }
    let ratios = beneath.iter().zip(&above).map(|(low, high)| high / low).collect();
    let figure = Figure::new(
        "evergrant token, whole process, p50",
        median(above),
        "µs",
        COMPOSED,
    )
    .beside("/bin/true", median(beneath))
    .ratio(median(ratios))
    .target(Target::Times(2.0));
    Ok(vec![figure, linked(&evergrant)?])
}

fn run(command: &mut Command) -> Outcome {
    let ended = command.stdin(Stdio::null()).stdout(Stdio::null()).status()?;
    if ended.success() {
        Ok(())
    } else {
        Err(format!("{command:?}: {ended}").into())
    }
}

/// How large the command is, since that is read at each start.
fn linked(command: &Path) -> Outcome<Figure> {
    let bytes = u32::try_from(command.metadata()?.len())?;
    Ok(Figure::new(
        "evergrant, size of the command",
        f64::from(bytes) / 1e6,
        "MB",
        "none",
    ))
}
