//! The picture of a program, for a question to a person.

#[cfg(target_os = "linux")]
use crate::program::Assurance;
use crate::program::Program;

/// A small picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Icon {
    /// `image/png` or `image/svg+xml`.
    pub media_type: &'static str,
    /// 64 KiB at most.
    pub bytes: Vec<u8>,
}

/// The icon of the menu entry that starts this program; `None` where there is none or anything is odd.
/// Decoration: whoever can write a menu entry chooses it. Reads up to some thousand small files.
pub fn icon_of(program: &Program) -> Option<Icon> {
    #[cfg(target_os = "linux")]
    return (program.assurance != Assurance::Hidden)
        .then(|| super::desktop::icon_in(program, &super::desktop::folders()))
        .flatten();
    #[cfg(not(target_os = "linux"))]
    {
        let _ = program;
        None
    }
}
