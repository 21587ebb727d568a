//! Who ran the `evergrant` command.

use std::{path::PathBuf, sync::Arc};

use super::{
    chain,
    eyes::Eyes,
    file::{FileId, Stamp},
    key,
    process::Process,
    stat::Stat,
};
use crate::{
    program::{Assurance, Origin, Program},
    witness::{Unseen, label::label},
};

/// The files that are the command.
#[derive(Debug)]
pub(super) struct Commands(Vec<PathBuf>);

impl Commands {
    pub(super) fn new(paths: Vec<PathBuf>) -> Self {
        Self(paths)
    }

    /// Looked up each time: an update puts another file there.
    pub(super) fn contain(&self, file: FileId) -> bool {
        self.0
            .iter()
            .any(|path| Stamp::of_path(path).is_ok_and(|stamp| stamp.id == file))
    }
}

/// The nearest ancestor that is a program of its own: no shell that only runs what stands in its
/// arguments, no `timeout` and the like, not the command itself. Where the one that ran it is gone, nobody
/// can be named.
///
/// A program that turns into the command (`exec`) leaves its own parent behind as the one that ran it;
/// that cannot be told apart.
///
/// # Errors
/// That program is shut away in a sandbox without a name.
pub(super) fn ran_by(
    eyes: &Eyes,
    commands: &Commands,
    uid: u32,
    command: &Process,
    stat: &Stat,
) -> Result<Program, Unseen> {
    let mut next = chain::parent(&eyes.proc, command, stat);
    for _ in 0..chain::LONGEST {
        let Some((process, stat)) = next else { break };
        if process.owner().ok() != Some(uid) {
            return Ok(through_command(eyes.hidden(&process, &stat)));
        }
        let running = process.stamp("exe").ok();
        if !running.is_some_and(|running| commands.contain(running.id)) {
            match eyes.look(&process, &stat, running) {
                Ok(sighting) if !sighting.stands_in => {
                    return Ok(through_command(Arc::unwrap_or_clone(sighting.program)));
                }
                Ok(_) => {}
                // It died while it was looked at.
                Err(Unseen::Gone) => break,
                Err(unseen) => return Err(unseen),
            }
        }
        next = chain::parent(&eyes.proc, &process, &stat);
    }
    let nobody = eyes.hidden(command, stat);
    let name = label(&stat.name);
    Ok(through_command(Program {
        key: key::hidden(&name),
        name,
        path: None,
        assurance: Assurance::Hidden,
        ..nobody
    }))
}

pub(super) fn through_command(program: Program) -> Program {
    Program {
        key: key::through_command(&program.key),
        origin: Origin::Command,
        ..program
    }
}
