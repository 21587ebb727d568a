//! The key of a program, from what was established.

use std::{fmt::Write as _, os::unix::ffi::OsStrExt, path::Path};

use crate::program::ProgramKey;

pub(super) fn flatpak(id: &str) -> ProgramKey {
    ProgramKey::new(format!("flatpak:{id}"))
}

pub(super) fn snap(name: &str) -> ProgramKey {
    ProgramKey::new(format!("snap:{name}"))
}

/// Without a digest where only an administrator changes the file: an update is the same program.
pub(super) fn executable(path: &Path, digest: Option<&str>) -> ProgramKey {
    ProgramKey::new(format!("exe:{}", file(path, digest)))
}

pub(super) fn script(interpreter: (&Path, Option<&str>), script: (&Path, Option<&str>)) -> ProgramKey {
    let interpreter = file(interpreter.0, interpreter.1);
    ProgramKey::new(format!("script:{interpreter}|{}", file(script.0, script.1)))
}

pub(super) fn hidden(name: &str) -> ProgramKey {
    ProgramKey::new(format!("hidden:{}", plain(name.as_bytes())))
}

/// The one that asks through the command is another than the same one asking itself.
pub(super) fn through_command(key: &ProgramKey) -> ProgramKey {
    ProgramKey::new(format!("command>{}", key.as_str()))
}

fn file(path: &Path, digest: Option<&str>) -> String {
    let path = plain(path.as_os_str().as_bytes());
    match digest {
        Some(digest) => format!("{path}#{digest}"),
        None => path,
    }
}

/// A path in which nothing can be taken for a part of the key.
fn plain(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for byte in bytes {
        match byte {
            b'%' | b'#' | b'|' | b'>' | 0..=b' ' | 0x7f.. => {
                let _ = write!(text, "%{byte:02X}");
            }
            letter => text.push(char::from(*letter)),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::{ffi::OsStr, path::PathBuf};

    use super::*;

    #[test]
    fn a_path_cannot_play_another_key() {
        let played = script((Path::new("/bin/sh"), None), (Path::new("/a#1|/b"), None));
        assert_eq!(played.as_str(), "script:/bin/sh|/a%231%7C/b");
        let bytes = PathBuf::from(OsStr::from_bytes(b"/x\xff\n%"));
        assert_eq!(executable(&bytes, Some("ab")).as_str(), "exe:/x%FF%0A%25#ab");
    }

    #[test]
    fn the_command_makes_another_key() {
        let direct = executable(Path::new("/usr/bin/msmtp"), None);
        assert_eq!(through_command(&direct).as_str(), "command>exe:/usr/bin/msmtp");
    }
}
