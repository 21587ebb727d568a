use std::fmt;

use super::HelpPage;

/// Why a file with the steps is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is there and cannot be read.
    Unreadable,
    TooLong,
    /// It is no JSON, or something in it is missing, misspelt or too much.
    Shape {
        line: usize,
    },
    /// It was written for another Evergrant.
    Version(u32),
    /// This page has no address, or one that is not Google's.
    Page(HelpPage),
    /// There are none, two have one name, one leads nowhere, or has no button.
    Steps,
}

/// For the log.
impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable => f.write_str("it cannot be read"),
            Self::TooLong => f.write_str("it is too long"),
            Self::Shape { line } => write!(f, "line {line} is not as it has to be"),
            Self::Version(found) => write!(f, "it is of version {found}"),
            Self::Page(page) => write!(f, "the page {page:?} is missing or is not at Google"),
            Self::Steps => f.write_str("its steps do not hang together"),
        }
    }
}
