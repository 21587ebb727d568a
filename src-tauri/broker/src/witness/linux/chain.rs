//! Who started whom.

use std::path::Path;

use super::{process::Process, stat::Stat};
use crate::{
    program::Ancestor,
    witness::label::{file_label, label},
};

/// Steps upwards at most.
pub(super) const LONGEST: usize = 16;

/// The process that started this one and still lives. `None` at the top of the session, and where the
/// parent died: whoever took the child in did not start it.
pub(super) fn parent(proc: &Path, child: &Process, stat: &Stat) -> Option<(Process, Stat)> {
    if stat.parent <= 1 {
        return None;
    }
    let parent = Process::open(proc, stat.parent).ok()?;
    let above = parent.stat().ok()?;
    // While the child names this parent, the parent's number cannot have become another's.
    let again = child.stat().ok()?;
    let stood = again.parent == stat.parent && again.start == stat.start;
    let top = above.name == "systemd" || above.name == "init";
    (stood && !top && !above.dead && above.start <= stat.start).then_some((parent, above))
}

/// Labels for a person, nearest first.
pub(super) fn ancestors(proc: &Path, process: &Process, stat: &Stat) -> Vec<Ancestor> {
    let mut chain = Vec::new();
    let mut next = parent(proc, process, stat);
    while let Some((process, stat)) = next {
        let path = process.link("exe").ok();
        chain.push(Ancestor {
            name: path.as_deref().map_or_else(|| label(&stat.name), file_label),
            path,
        });
        if chain.len() == LONGEST {
            break;
        }
        next = parent(proc, &process, &stat);
    }
    chain
}
