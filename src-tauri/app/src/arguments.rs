use std::ffi::OsString;

use evergrant_agent::interface::ProfileName;

/// What was typed after the program's name.
#[derive(Debug, PartialEq, Eq)]
pub enum Wish {
    Run(Start),
    Version,
    Unknown(String),
}

/// How to begin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Start {
    /// In the tray, with no window: what the start at login does.
    pub hidden: bool,
    pub practice: bool,
}

impl Start {
    /// The profile to show first; none: the one that was shown last.
    pub fn profile(self) -> Option<ProfileName> {
        self.practice.then_some(ProfileName::Practice)
    }
}

pub fn read(arguments: impl Iterator<Item = OsString>) -> Wish {
    let mut start = Start::default();
    for argument in arguments {
        match argument.to_string_lossy().as_ref() {
            "--hidden" => start.hidden = true,
            "--practice" => start.practice = true,
            "--version" | "-V" => return Wish::Version,
            other => return Wish::Unknown(other.to_owned()),
        }
    }
    Wish::Run(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_words(words: &str) -> Wish {
        read(words.split_whitespace().map(OsString::from))
    }

    #[test]
    fn each_argument_is_understood() {
        assert_eq!(read_words(""), Wish::Run(Start::default()));
        assert_eq!(
            read_words("--practice --hidden"),
            Wish::Run(Start {
                hidden: true,
                practice: true
            })
        );
        assert_eq!(read_words("--version"), Wish::Version);
    }

    #[test]
    fn an_unknown_argument_is_named() {
        assert_eq!(
            read_words("--hidden --hiden"),
            Wish::Unknown("--hiden".to_owned())
        );
    }
}
