//! Who can change a file.

use std::path::Path;

use rustix::fs::lstat;

/// One part of a path: whose it is, and what others may do.
#[derive(Clone, Copy, Debug)]
struct Part {
    owner: u32,
    mode: u32,
}

impl Part {
    /// Root's, and nobody else may write. An access list that lets others write shows in the group's part.
    fn is_administrators(self) -> bool {
        const OTHERS_WRITE: u32 = 0o022;
        self.owner == 0 && self.mode & OTHERS_WRITE == 0
    }
}

/// Whether only an administrator can put something else there: the file and every folder above it.
/// The path is one without links. Judged by what stands there, not by what this process may do, so that
/// it is the same answer for everybody.
pub(super) fn only_administrators_change(path: &Path) -> bool {
    path.is_absolute()
        && path.ancestors().all(|part| {
            lstat(part).is_ok_and(|status| {
                let part = Part {
                    owner: status.st_uid,
                    mode: status.st_mode,
                };
                part.is_administrators()
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_roots_own_and_closed_counts() {
        let judged = |owner, mode| Part { owner, mode }.is_administrators();
        assert!(judged(0, 0o100_755));
        assert!(judged(0, 0o104_755));
        assert!(!judged(1000, 0o100_755), "a person's own");
        assert!(!judged(0, 0o100_775), "the group writes");
        assert!(!judged(0, 0o100_757), "everybody writes");
        assert!(
            !judged(0, 0o041_777),
            "everybody writes, though only their own is theirs to remove"
        );
    }

    #[test]
    fn a_folder_above_that_others_write_spoils_it() {
        assert!(only_administrators_change(Path::new("/usr/bin")));
        let folder = tempfile::tempdir().expect("a folder");
        assert!(!only_administrators_change(folder.path()));
        assert!(!only_administrators_change(Path::new("usr/bin")));
        assert!(!only_administrators_change(Path::new("/usr/bin/no such program")));
    }
}
