//! The arguments of a process.

use std::{ffi::OsString, io, os::unix::ffi::OsStringExt};

use super::process::Process;

/// Bytes read at most; what stands behind them cannot say which file runs.
const MOST: usize = 32 * 1024;

/// As they stand in `/proc/PID/cmdline`. The process can rewrite them: they are a label.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct RawArgv(Vec<u8>);

impl RawArgv {
    pub(super) fn of(process: &Process) -> io::Result<Self> {
        Ok(Self(process.read_whole("cmdline", MOST)?))
    }

    pub(super) fn split(&self) -> Vec<OsString> {
        split(&self.0)
    }
}

/// The arguments that are there whole.
pub(super) fn split(bytes: &[u8]) -> Vec<OsString> {
    let cut = bytes.len() >= MOST;
    let whole = bytes.strip_suffix(b"\0").unwrap_or(bytes);
    if whole.is_empty() {
        return Vec::new();
    }
    let mut arguments: Vec<OsString> = whole
        .split(|byte| *byte == 0)
        .map(|argument| OsString::from_vec(argument.to_vec()))
        .collect();
    if cut {
        arguments.pop();
    }
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_split_where_the_kernel_ends_them() {
        assert_eq!(split(b"sh\0-c\0\0x y\0"), ["sh", "-c", "", "x y"]);
        assert_eq!(split(b"title without an end"), ["title without an end"]);
        assert!(split(b"").is_empty());
        assert!(split(b"\0").is_empty());
    }

    #[test]
    fn an_argument_that_was_cut_is_left_out() {
        let mut long = b"sh\0".to_vec();
        long.resize(MOST, b'x');
        assert_eq!(split(&long), ["sh"]);
    }
}
