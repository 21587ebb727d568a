//! The line in `/proc/PID/stat`, and the terminal in it.

use std::{ffi::OsString, os::unix::ffi::OsStringExt};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stat {
    /// What the process calls itself.
    pub(super) name: OsString,
    pub(super) parent: u32,
    /// 0: none.
    pub(super) terminal: u32,
    /// In clock ticks since the computer started; with the number it names a process for good.
    pub(super) start: u64,
    /// Dead, and only waiting for its parent to notice.
    pub(super) dead: bool,
}

impl Stat {
    /// The name may hold anything, also brackets and line ends: it reaches to the last bracket.
    pub(super) fn parse(line: &[u8]) -> Option<Self> {
        let from = line.iter().position(|byte| *byte == b'(')?;
        let to = line.iter().rposition(|byte| *byte == b')')?;
        let name = line.get(from + 1..to)?.to_vec();
        let rest = std::str::from_utf8(line.get(to + 1..)?).ok()?;
        // The third field is the first after the name.
        let fields: Vec<&str> = rest.split_ascii_whitespace().collect();
        let field = |number: usize| fields.get(number - 3).copied();
        Some(Self {
            name: OsString::from_vec(name),
            dead: matches!(field(3)?, "Z" | "X"),
            parent: field(4)?.parse().ok()?,
            // Written with a sign, though it is a device number.
            terminal: field(7)?.parse::<i32>().ok()?.cast_unsigned(),
            start: field(22)?.parse().ok()?,
        })
    }

    /// The terminal as people know it.
    pub(super) fn terminal_name(&self) -> Option<String> {
        let major = (self.terminal >> 8) & 0xfff;
        let minor = (self.terminal & 0xff) | ((self.terminal >> 12) & 0xfff00);
        match (major, minor) {
            (136..=143, index) => Some(format!("pts/{}", (major - 136) * 256 + index)),
            (4, 0..=63) => Some(format!("tty{minor}")),
            (4, serial) => Some(format!("ttyS{}", serial - 64)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &[u8] =
        b"8209 (a) b\n(c)) S 8201 8200 4915 34817 -1 4194304 100 0 0 0 0 0 0 0 20 0 1 0 1199063 3133440 394";

    #[test]
    fn a_name_with_brackets_does_not_shift_the_fields() {
        let stat = Stat::parse(LINE).expect("a line");
        assert_eq!(stat.name, "a) b\n(c)");
        assert_eq!((stat.parent, stat.start, stat.dead), (8201, 1_199_063, false));
        assert_eq!(stat.terminal_name().as_deref(), Some("pts/1"));
    }

    #[test]
    fn a_name_cannot_play_another_process() {
        let line = b"7 (x) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 5 0 (y) Z 900 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 6 0 0";
        let stat = Stat::parse(line).expect("a line");
        assert_eq!((stat.parent, stat.start, stat.dead), (900, 6, true));
    }

    #[test]
    fn terminals_are_named() {
        let on = |terminal| {
            Stat {
                terminal,
                ..Stat::parse(LINE).expect("a line")
            }
            .terminal_name()
        };
        assert_eq!(on(0), None);
        assert_eq!(on(0x0402).as_deref(), Some("tty2"));
        assert_eq!(on(0x0440).as_deref(), Some("ttyS0"));
        assert_eq!(on(0x8800 | 0x10_0005).as_deref(), Some("pts/261"));
        assert_eq!(on(0x0300), None);
    }

    #[test]
    fn a_cut_line_is_no_process() {
        for end in 0..LINE.len() - 20 {
            assert_eq!(
                Stat::parse(&LINE[..end]).filter(|stat| stat.start == 1_199_063),
                None
            );
        }
    }
}
