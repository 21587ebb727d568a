//! What reads the words of `/proc`, laid open: any program chooses some of those words.

use std::ffi::{OsStr, OsString};

use super::{
    argv, cgroup,
    interpreter::{self, Runs},
    sandbox,
    stat::Stat,
};
use crate::witness::label;

/// What `/proc/PID/stat` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub name: OsString,
    pub parent: u32,
    pub terminal: Option<String>,
    pub start: u64,
    pub dead: bool,
}

pub fn stat(line: &[u8]) -> Option<Line> {
    Stat::parse(line).map(|stat| Line {
        terminal: stat.terminal_name(),
        name: stat.name,
        parent: stat.parent,
        start: stat.start,
        dead: stat.dead,
    })
}

/// The arguments in `/proc/PID/cmdline`.
pub fn arguments(bytes: &[u8]) -> Vec<OsString> {
    argv::split(bytes)
}

/// The file that an interpreter of this name runs.
pub fn script(executable: &str, arguments: &[OsString]) -> Option<OsString> {
    match interpreter::runs(executable, arguments) {
        Runs::File(file) => Some(file),
        Runs::Itself | Runs::Commands | Runs::Input | Runs::Unclear => None,
    }
}

/// The unit in `/proc/PID/cgroup`.
pub fn unit(text: &[u8]) -> Option<String> {
    cgroup::unit(text)
}

/// The id in a sandbox's `.flatpak-info`.
pub fn flatpak(info: &[u8]) -> Option<String> {
    sandbox::flatpak_id(info)
}

/// The snap in `/proc/PID/attr/current`.
pub fn snap(label: &[u8]) -> Option<String> {
    sandbox::snap_of_label(label)
}

/// A name as people are shown it.
pub fn shown(name: &OsStr) -> String {
    label::label(name)
}
