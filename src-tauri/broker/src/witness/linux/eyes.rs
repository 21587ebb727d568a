//! Looks at one process and says which program it is. What was seen once is remembered.

use std::{
    fs::File,
    hash::{BuildHasher, RandomState},
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    argv::RawArgv,
    bounded::Bounded,
    cgroup, chain,
    digest::Digests,
    file::{FileId, Stamp},
    interpreter::{self, Runs},
    key, owner,
    process::{Process, regular},
    sandbox::{self, Namespaces, Sandbox},
    script,
    stat::Stat,
};
use crate::{
    program::{Assurance, Origin, Program, ProgramKey},
    witness::{
        Unseen,
        label::{file_label, label},
    },
};

/// Programs remembered.
const REMEMBERED: usize = 1024;
/// Programs of the system that run another one for whoever ran them.
const RUNS_ANOTHER: &[&str] = &[
    "env", "flock", "ionice", "nice", "nohup", "setsid", "stdbuf", "time", "timeout", "watch", "xargs",
];

/// What was seen of a process.
#[derive(Clone, Debug)]
pub(super) struct Sighting {
    pub(super) program: Arc<Program>,
    /// It only runs another program for whoever ran it: a shell with its commands in the arguments. Only
    /// the system's own are believed to do that.
    pub(super) stands_in: bool,
}

/// A process that did not become another since.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Known {
    pid: u32,
    start: u64,
    executable: FileId,
    argv: u64,
}

#[derive(Debug)]
pub(super) struct Eyes {
    pub(super) proc: PathBuf,
    ours: Option<Namespaces>,
    seen: Bounded<Known, Sighting>,
    digests: Digests,
    hasher: RandomState,
}

/// What a program is, before it is known where it runs.
struct Identity {
    key: ProgramKey,
    name: String,
    path: Option<PathBuf>,
    assurance: Assurance,
    stands_in: bool,
}

impl Eyes {
    /// Looks at processes under `proc`, where this one has the number `own`.
    pub(super) fn new(proc: PathBuf, own: u32) -> Self {
        let ours = Process::open(&proc, own).and_then(|process| Namespaces::of(&process));
        Self {
            ours: ours.ok(),
            proc,
            seen: Bounded::new(REMEMBERED),
            digests: Digests::new(),
            hasher: RandomState::new(),
        }
    }

    /// # Errors
    /// It died, or is shut away in a sandbox without a name.
    pub(super) fn look(
        &self,
        process: &Process,
        stat: &Stat,
        running: Option<Stamp>,
    ) -> Result<Sighting, Unseen> {
        let argv = RawArgv::of(process).map_err(|_| Unseen::Gone)?;
        let known = running.map(|running| Known {
            pid: process.pid,
            start: stat.start,
            executable: running.id,
            argv: self.hasher.hash_one(&argv),
        });
        if let Some(sighting) = known.as_ref().and_then(|known| self.seen.get(known)) {
            return Ok(sighting);
        }
        let identity = self.identity(process, stat, running, &argv)?;
        let sighting = Sighting {
            stands_in: identity.stands_in,
            program: Arc::new(self.program(process, stat, identity)),
        };
        if let Some(known) = known {
            self.seen.insert(known, sighting.clone());
        }
        Ok(sighting)
    }

    /// A program of which nothing is believed but what it calls itself.
    pub(super) fn hidden(&self, process: &Process, stat: &Stat) -> Program {
        self.program(process, stat, Identity::hidden(label(&stat.name), None))
    }

    fn identity(
        &self,
        process: &Process,
        stat: &Stat,
        running: Option<Stamp>,
        argv: &RawArgv,
    ) -> Result<Identity, Unseen> {
        let closed = || Identity::hidden(label(&stat.name), None);
        let (Some(running), Ok(theirs)) = (running, Namespaces::of(process)) else {
            return Ok(closed());
        };
        let ours = self.ours.as_ref().ok_or(Unseen::UnknownSandbox)?;
        let named = |key, name: String| Identity {
            key,
            name,
            path: process.link("exe").ok(),
            assurance: Assurance::Sandboxed,
            stands_in: false,
        };
        Ok(match sandbox::of(process, &theirs, ours)? {
            Sandbox::Flatpak(id) => named(key::flatpak(&id), id),
            Sandbox::Snap(name) => named(key::snap(&name), name),
            Sandbox::Free => match executable(process, running) {
                Some(path) => self.of_executable(process, stat, &path, running, argv),
                None => closed(),
            },
        })
    }

    fn of_executable(
        &self,
        process: &Process,
        stat: &Stat,
        path: &Path,
        running: Stamp,
        argv: &RawArgv,
    ) -> Identity {
        let name = file_label(path);
        let hidden = || Identity::hidden(name.clone(), Some(path.to_owned()));
        let system = owner::only_administrators_change(path);
        let stands_in = match interpreter::runs(&name, &argv.split()) {
            Runs::Itself => system && RUNS_ANOTHER.contains(&name.as_str()),
            Runs::Input if typed_into(process, stat) => false,
            Runs::Commands => {
                return Identity {
                    stands_in: system,
                    ..hidden()
                };
            }
            Runs::Input | Runs::Unclear => return hidden(),
            Runs::File(argument) => {
                let script = script::locate(process, &argument);
                return script
                    .and_then(|script| self.of_script(process, path, running, script))
                    .unwrap_or_else(hidden);
            }
        };
        let Some(digest) = self.digest(path, || process.file("exe").and_then(regular).ok(), running) else {
            return hidden();
        };
        Identity {
            key: key::executable(path, digest.as_deref()),
            name,
            path: Some(path.to_owned()),
            assurance: if system {
                Assurance::System
            } else {
                Assurance::Personal
            },
            stands_in,
        }
    }

    fn of_script(
        &self,
        process: &Process,
        interpreter: &Path,
        running: Stamp,
        script: script::Script,
    ) -> Option<Identity> {
        let by = self.digest(
            interpreter,
            || process.file("exe").and_then(regular).ok(),
            running,
        )?;
        let (path, stamp) = (script.path, script.stamp);
        let digest = self.digest(&path, || Some((script.file, stamp)), stamp)?;
        Some(Identity {
            key: key::script((interpreter, by.as_deref()), (&path, digest.as_deref())),
            name: file_label(&path),
            path: Some(path),
            assurance: Assurance::Script,
            stands_in: false,
        })
    }

    /// `Some(None)`: it needs none, since only an administrator changes it. `None`: it cannot be had.
    #[allow(clippy::option_option)]
    fn digest(
        &self,
        path: &Path,
        open: impl FnOnce() -> Option<(File, Stamp)>,
        expected: Stamp,
    ) -> Option<Option<Arc<str>>> {
        if owner::only_administrators_change(path) {
            return Some(None);
        }
        let (file, stamp) = open()?;
        if stamp.id != expected.id {
            return None;
        }
        self.digests.of(&file, stamp).map(Some)
    }

    fn program(&self, process: &Process, stat: &Stat, identity: Identity) -> Program {
        let groups = process.read("cgroup", cgroup::MOST).unwrap_or_default();
        Program {
            key: identity.key,
            name: identity.name,
            path: identity.path,
            origin: Origin::Direct,
            assurance: identity.assurance,
            package: None,
            chain: chain::ancestors(&self.proc, process, stat),
            unit: cgroup::unit(&groups),
            terminal: stat.terminal_name(),
        }
    }
}

impl Identity {
    fn hidden(name: String, path: Option<PathBuf>) -> Self {
        Self {
            key: key::hidden(&name),
            name,
            path,
            assurance: Assurance::Hidden,
            stands_in: false,
        }
    }
}

/// The path of what runs, if that file still stands there: not deleted, not replaced, not only in memory,
/// and not another file in the process's own view of the disk.
fn executable(process: &Process, running: Stamp) -> Option<PathBuf> {
    let path = process.link("exe").ok().filter(|path| path.is_absolute())?;
    let stands = Stamp::of_path(&path).ok()?;
    (stands.id == running.id).then_some(path)
}

/// Whether its input is a terminal: somebody types.
fn typed_into(process: &Process, stat: &Stat) -> bool {
    stat.terminal != 0
        && process.link("fd/0").is_ok_and(|input| {
            input.starts_with("/dev/pts") || input.starts_with("/dev/console") || tty(&input)
        })
}

fn tty(input: &Path) -> bool {
    input.parent() == Some(Path::new("/dev")) && file_label(input).starts_with("tty")
}
