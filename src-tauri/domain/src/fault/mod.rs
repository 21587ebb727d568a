//! Everything that can go wrong, as a closed list named by what the receiver can do about it.

mod code;
mod detail;

pub use code::Code;
pub use detail::Detail;

use crate::time::Seconds;

/// A fault: what happened, and the provider's own words for people who want the details.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub code: Code,
    pub detail: Option<Detail>,
    /// How long a busy provider asked to be left alone (RFC 9110 10.2.3).
    pub retry_after: Option<Seconds>,
}

impl Fault {
    /// A fault with the provider's own words beside it.
    pub fn with_detail(code: Code, words: &str) -> Self {
        Self {
            detail: Detail::new(words),
            ..Self::from(code)
        }
    }

    /// The same fault, with how long to wait before asking again.
    #[must_use]
    pub fn with_retry_after(self, wait: impl Into<Option<Seconds>>) -> Self {
        let retry_after = wait.into();
        Self { retry_after, ..self }
    }
}

impl From<Code> for Fault {
    fn from(code: Code) -> Self {
        Self {
            code,
            detail: None,
            retry_after: None,
        }
    }
}

/// What the receiver of a fault can do: the remedy as data, one button each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recovery {
    /// Nothing is lost; it is tried again by itself, or at the press of a button.
    TryAgain,
    /// A new consent mends it.
    Reconnect,
    /// The organisation wants a fresh sign-in; the grant itself still lives.
    SignInAgain,
    /// The client file has to be imported (again).
    ImportClient,
    /// Only the organisation's administrator can mend it.
    AskAdministrator,
    /// The vault has to be unlocked; the rest happens by itself.
    UnlockVault,
    /// The vault has to be set up or mended.
    MendVault,
    /// The network wants a sign-in of its own first.
    SignInToNetwork,
    /// The way out of this network has to be mended: its proxy, or whoever looks into connections.
    MendNetwork,
    /// This computer's clock has to be set.
    SetClock,
    /// The disk needs space or the program a newer version.
    MendComputer,
    /// The link can be opened by hand.
    CopyLink,
    /// Nothing to do.
    Nothing,
}

/// Who can mend a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mender {
    /// Waiting is enough: it is tried again by itself.
    Time,
    /// The person at this computer.
    You,
    /// The organisation's administrator.
    Administrator,
    /// There is nothing to mend.
    Nobody,
}

/// How much a fault matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is broken.
    Note,
    /// Something does not work now; nothing is lost.
    Warning,
    /// It stays broken until somebody does something.
    Alarm,
}
