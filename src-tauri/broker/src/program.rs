//! A program as the system shows it. Nothing that it says of itself is in here.

use std::path::PathBuf;

/// To whom a grant is given: the same for the same program tomorrow, another for any other program.
/// Made from what the system says (sandbox id; executable and who owns it; script), never from a pid.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ProgramKey(String);

impl ProgramKey {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How sure it is that the program is what it seems to be, surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Assurance {
    /// The sandbox says its id (Flatpak, Snap).
    Sandboxed,
    /// An executable that only an administrator can change.
    System,
    /// An executable that this person, or a program of this person, can change.
    Personal,
    /// A script: an interpreter runs a file.
    Script,
    /// It hides what it is, or runs code that is in no file. Asked each time, never remembered.
    Hidden,
}

impl Assurance {
    pub const ALL: [Self; 5] = [
        Self::Sandboxed,
        Self::System,
        Self::Personal,
        Self::Script,
        Self::Hidden,
    ];

    /// The stable name on the wire and in the book.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sandboxed => "sandboxed",
            Self::System => "system",
            Self::Personal => "personal",
            Self::Script => "script",
            Self::Hidden => "hidden",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == text)
    }
}

/// Through which door a program came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// It connected to the socket itself.
    Direct,
    /// It ran the `evergrant` command, which asks on its behalf: the program is the one that ran it.
    Command,
}

/// One program of the chain that started the one that asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ancestor {
    pub name: String,
    pub path: Option<PathBuf>,
}

/// The program that asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    pub key: ProgramKey,
    /// For people: the sandbox's id, the script's or the executable's file name.
    pub name: String,
    /// The executable, or the script where an interpreter runs one.
    pub path: Option<PathBuf>,
    pub origin: Origin,
    pub assurance: Assurance,
    /// The system package that owns it, where that is cheap to know.
    pub package: Option<String>,
    /// Who started it, nearest first, up to the session.
    pub chain: Vec<Ancestor>,
    /// The systemd unit or scope it runs in.
    pub unit: Option<String>,
    /// The terminal it runs on, such as `pts/3`.
    pub terminal: Option<String>,
}

impl Program {
    /// Whether a permission may outlast the moment.
    pub fn can_be_remembered(&self) -> bool {
        self.assurance != Assurance::Hidden
    }
}
