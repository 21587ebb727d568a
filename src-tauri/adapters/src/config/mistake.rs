use std::fmt;

/// What is wrong in the file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigMistake {
    /// Counted from 1.
    pub line: usize,
    /// The key with the sections around it, such as `provider.endpoints.token`; empty where the
    /// file as a whole cannot be read.
    pub key: String,
    pub why: Why,
}

/// The closed list of mistakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The file is there and cannot be read as text.
    FileUnreadable,
    /// Not TOML: a bracket or a quote is missing, or a key stands there twice.
    NotToml,
    /// Not a key of this place: most often a typing mistake.
    KeyUnknown,
    /// A key that must be there is not.
    KeyMissing,
    /// A value of the wrong kind.
    KindWrong(Kind),
    Empty,
    /// A client's secret does not belong in a file: it is imported and kept in the vault.
    SecretInFile,
    /// Not 1 to 32 lower-case letters, digits and hyphens.
    IdMalformed,
    /// A name or an issuer that the program knows by itself.
    Reserved,
    /// Two providers have it.
    Twice,
    NotAnAddress,
    /// `http://` is for this computer only.
    NotEncrypted,
    ScopeMalformed,
    /// Neither `access_type` nor `offline_access`.
    OfflineUnknown,
    /// Neither `system` nor `file`.
    VaultUnknown,
    /// A path that does not begin at the root.
    PathNotWhole,
}

/// What a value should have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    ListOfText,
    Section,
    ListOfSections,
}

impl fmt::Display for ConfigMistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "config.toml, line {}", self.line)?;
        if !self.key.is_empty() {
            write!(f, ", {}", self.key)?;
        }
        write!(f, ": {}", self.why.as_str())
    }
}

impl std::error::Error for ConfigMistake {}

impl Why {
    /// For logs; what a person reads comes from `ui/messages`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FileUnreadable => "cannot be read",
            Self::NotToml => "is not valid TOML",
            Self::KeyUnknown => "is not a known key",
            Self::KeyMissing => "is missing",
            Self::KindWrong(Kind::Text) => "must be text in quotes",
            Self::KindWrong(Kind::ListOfText) => "must be a list of texts",
            Self::KindWrong(Kind::Section) => "must be a section",
            Self::KindWrong(Kind::ListOfSections) => "must be written in double brackets",
            Self::Empty => "is empty",
            Self::SecretInFile => "does not belong in a file: import it, and it is kept in the vault",
            Self::IdMalformed => "must be 1 to 32 lower-case letters, digits or hyphens",
            Self::Reserved => "is built in",
            Self::Twice => "is there twice",
            Self::NotAnAddress => "is not an address",
            Self::NotEncrypted => "must begin with https://",
            Self::ScopeMalformed => "has a scope that is none",
            Self::OfflineUnknown => "must be \"access_type\" or \"offline_access\"",
            Self::VaultUnknown => "must be \"system\" or \"file\"",
            Self::PathNotWhole => "must be a whole path",
        }
    }
}
