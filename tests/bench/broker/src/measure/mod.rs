//! What is measured, in the order of the result.

mod agent;
mod command;
mod endurance;
mod latency;
mod load;
mod size;

use std::fs;
use std::path::Path;

use serde_json::json;

use crate::figure::Figure;
use crate::running::Running;
use crate::{Outcome, place};

/// The broker composed in `server`, over fakes of vault, ledger and provider.
const COMPOSED: &str = "composed broker";

/// Measures everything, tells each line as soon as it is known, and writes all of them to a file.
// Telling is what it is for.
#[allow(clippy::print_stdout)]
pub fn all(file: Option<&Path>) -> Outcome {
    let machine = place::processors();
    println!("{machine}, load {}", place::load());
    println!("Servers run in a process of their own; clients are this process.\n");
    let began_at = place::load();

    let mut figures = Vec::new();
    let mut tell = |measured: Vec<Figure>| {
        for figure in measured {
            println!("{figure}");
            figures.push(figure);
        }
    };
    let (mut floor, mut broker) = (Running::echo()?, Running::broker(1, 0)?);
    tell(latency::kept_open(&floor, &broker)?);
    tell(latency::new_connection(&floor, &broker)?);
    tell(command::token(&broker)?);
    tell(load::throughput(&mut floor, &broker)?);
    tell(load::stampede(&mut broker)?);
    drop(broker);
    tell(size::accounts_and_rows()?);
    tell(endurance::million()?);
    tell(agent::resting()?);

    let missed = figures
        .iter()
        .filter(|figure| figure.is_met() == Some(false))
        .count();
    println!("\nload {} at the end; {missed} missed", place::load());
    if let Some(file) = file {
        let figures: Vec<_> = figures.iter().map(Figure::json).collect();
        let result = json!({
            "machine": machine,
            "load": { "beginning": began_at, "end": place::load() },
            "figures": figures,
        });
        fs::write(file, format!("{result:#}\n"))?;
    }
    Ok(())
}
