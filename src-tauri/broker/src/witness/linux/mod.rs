//! Linux: everything is read from `/proc`.

mod argv;
pub(super) mod bounded;
mod cgroup;
mod chain;
mod command;
mod dialect;
mod digest;
mod eyes;
mod file;
mod installed;
mod interpreter;
mod key;
mod life;
mod owner;
mod process;
#[cfg(any(test, feature = "fakes"))]
pub mod readers;
mod sandbox;
mod script;
mod stat;
#[cfg(test)]
mod tests;

use std::{path::PathBuf, sync::Arc};

use self::{command::Commands, eyes::Eyes, process::Process};
use super::{Caller, Peer, Unseen, Witness};

pub use self::installed::program_at;
pub(super) use self::{
    life::Life,
    process::{open_regular, read_some},
};

/// The witness of this computer.
#[derive(Debug)]
pub struct SystemWitness {
    uid: u32,
    eyes: Eyes,
    commands: Commands,
}

impl SystemWitness {
    /// `commands`: the paths at which the `evergrant` command is installed.
    pub fn new(commands: Vec<PathBuf>) -> Self {
        Self::over("/proc".into(), std::process::id(), commands)
    }

    /// Over another folder than `/proc`, in which this process has the number `own`.
    fn over(proc: PathBuf, own: u32, commands: Vec<PathBuf>) -> Self {
        Self {
            uid: rustix::process::geteuid().as_raw(),
            eyes: Eyes::new(proc, own),
            commands: Commands::new(commands),
        }
    }
}

impl Witness for SystemWitness {
    fn identify(&self, peer: Peer) -> Result<Caller, Unseen> {
        if peer.uid != self.uid {
            return Err(Unseen::Stranger);
        }
        if peer.pid == 0 {
            // In a world of processes that is not seen from here.
            return Err(Unseen::UnknownSandbox);
        }
        let process = Process::open(&self.eyes.proc, peer.pid).map_err(|_| Unseen::Gone)?;
        // The folder was opened while the process lived, so it is this process's for good.
        if !peer.pidfd.as_ref().is_none_or(life::lives) {
            return Err(Unseen::Gone);
        }
        let memory = process.file("maps").ok();
        let stat = process.stat().map_err(|_| Unseen::Gone)?;
        if stat.dead {
            return Err(Unseen::Gone);
        }
        let running = process.stamp("exe").ok();
        let certain = peer.pidfd.is_some();
        let life = Life::of(&self.eyes.proc, &process, stat.start, peer.pidfd, memory, running);
        let command = certain && running.is_some_and(|running| self.commands.contain(running.id));
        let program = if !certain {
            // Only a number: it may be another's by now.
            Arc::new(self.eyes.hidden(&process, &stat))
        } else if command {
            Arc::new(command::ran_by(
                &self.eyes,
                &self.commands,
                self.uid,
                &process,
                &stat,
            )?)
        } else {
            self.eyes.look(&process, &stat, running)?.program
        };
        // Read while it was that process and ran that program, or not believed.
        if life.stayed() {
            Ok(Caller::new(program, command, life))
        } else {
            Err(Unseen::Gone)
        }
    }
}
