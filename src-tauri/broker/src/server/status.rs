use evergrant_protocol::{SeenAs, Status, VERSION};

use super::{Answer, Asked, answer};
use crate::program::Program;

/// `GET /v1/status`: what runs, and what it sees of the program that asks.
pub fn status(asked: &Asked<'_>) -> Answer {
    let setup = &asked.broker.setup;
    answer::ok(&Status {
        version: setup.version.to_owned(),
        protocol: VERSION,
        paused: asked.broker.is_paused(),
        headless: setup.headless,
        you: seen_as(&asked.caller.program),
    })
}

fn seen_as(program: &Program) -> SeenAs {
    SeenAs {
        name: program.name.clone(),
        path: program.path.as_ref().map(|path| path.display().to_string()),
        assurance: program.assurance.as_str().to_owned(),
        started_by: program
            .chain
            .iter()
            .map(|ancestor| ancestor.name.clone())
            .collect(),
        remembered: program.can_be_remembered(),
    }
}
