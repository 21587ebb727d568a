//! The program that a file would be when it runs, for permissions given beforehand.

use std::{
    env,
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{command::through_command, digest::Digests, key, owner, process::open_regular};
use crate::{
    program::{Assurance, Origin, Program},
    witness::label::file_label,
};

/// The program in this file. A script's interpreter is the given one, else the one its first line names.
/// `None` where there is no such file, or where it is not clear what would run it.
pub fn program_at(path: &Path, interpreter: Option<&Path>, origin: Origin) -> Option<Program> {
    let path = fs::canonicalize(path).ok()?;
    let interpreter = match interpreter {
        Some(named) => Some(fs::canonicalize(named).ok()?),
        None => runs(&path)?.interpreter()?,
    };
    let digest = digest(&path)?;
    let (key, assurance) = match interpreter {
        Some(by) => {
            let by_digest = self::digest(&by)?;
            let key = key::script((&by, by_digest.as_deref()), (&path, digest.as_deref()));
            (key, Assurance::Script)
        }
        None => (
            key::executable(&path, digest.as_deref()),
            if digest.is_none() {
                Assurance::System
            } else {
                Assurance::Personal
            },
        ),
    };
    let program = Program {
        key,
        name: file_label(&path),
        path: Some(path),
        origin: Origin::Direct,
        assurance,
        package: None,
        chain: vec![],
        unit: None,
        terminal: None,
    };
    Some(match origin {
        Origin::Direct => program,
        Origin::Command => through_command(program),
    })
}

/// What stands at the beginning of a file.
enum Runs {
    Itself,
    /// By this, as its first line says.
    By(String),
}

impl Runs {
    /// Outside `None`: it is not found.
    #[allow(clippy::option_option)]
    fn interpreter(self) -> Option<Option<PathBuf>> {
        let Self::By(line) = self else { return Some(None) };
        let mut words = line.split_whitespace();
        let named = Path::new(words.next()?);
        let through_env = named.file_name().is_some_and(|name| name == "env");
        let found = if through_env {
            in_path(words.find(|word| !word.starts_with('-'))?)
        } else {
            fs::canonicalize(named).ok()
        };
        found.map(Some)
    }
}

fn runs(path: &Path) -> Option<Runs> {
    const LONGEST_LINE: u64 = 256;
    let mut head = vec![];
    File::open(path)
        .ok()?
        .take(LONGEST_LINE)
        .read_to_end(&mut head)
        .ok()?;
    if head.starts_with(b"\x7fELF") {
        return Some(Runs::Itself);
    }
    let line = head.strip_prefix(b"#!")?.split(|byte| *byte == b'\n').next()?;
    Some(Runs::By(String::from_utf8(line.to_vec()).ok()?))
}

fn in_path(name: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    let mut candidates = env::split_paths(&folders).map(|folder| folder.join(name));
    candidates.find_map(|file| fs::canonicalize(file).ok())
}

/// As the witness sees it: none where only an administrator changes the file.
#[allow(clippy::option_option)]
fn digest(path: &Path) -> Option<Option<Arc<str>>> {
    if owner::only_administrators_change(path) {
        return Some(None);
    }
    let (file, stamp) = open_regular(path).ok()?;
    Digests::new().of(&file, stamp).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(folder: &Path, name: &str, text: &str) -> PathBuf {
        let path = folder.join(name);
        fs::write(&path, text).expect("written");
        path
    }

    #[test]
    fn a_system_executable_needs_no_digest_and_another_path_is_another_program() {
        let program = program_at(Path::new("/bin/true"), None, Origin::Direct).expect("a program");
        assert_eq!(program.assurance, Assurance::System);
        assert!(!program.key.as_str().contains('#'), "{:?}", program.key);
        let through = program_at(Path::new("/bin/true"), None, Origin::Command).expect("a program");
        assert_ne!(through.key, program.key);
    }

    #[test]
    fn a_script_is_its_text_and_what_runs_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let script = file(folder.path(), "s", "#!/bin/sh\necho\n");
        let first = program_at(&script, None, Origin::Direct).expect("a program");
        assert_eq!(first.assurance, Assurance::Script);
        file(folder.path(), "s", "#!/bin/sh\necho more\n");
        let changed = program_at(&script, None, Origin::Direct).expect("a program");
        assert_ne!(first.key, changed.key);
        file(folder.path(), "s", "#!/usr/bin/env -S sh -e\n");
        assert!(program_at(&script, None, Origin::Direct).is_some(), "through env");
    }

    #[test]
    fn what_runs_it_has_to_be_known() {
        let folder = tempfile::tempdir().expect("a folder");
        let bare = file(folder.path(), "s.py", "print()\n");
        assert!(program_at(&bare, None, Origin::Direct).is_none());
        assert!(program_at(&bare, Some(Path::new("/bin/sh")), Origin::Direct).is_some());
        assert!(program_at(&folder.path().join("none"), None, Origin::Direct).is_none());
        assert!(
            program_at(folder.path(), None, Origin::Direct).is_none(),
            "a folder"
        );
    }
}
