//! What can happen in a story, and how it reads.

use std::fmt;

use evergrant_domain::lifecycle::Reach;
use evergrant_engine::ports::Connection;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    Alice,
    Bob,
}

impl Who {
    pub const ALL: [Self; 2] = [Self::Alice, Self::Bob];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Alice => "alice",
            Self::Bob => "bob",
        }
    }
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

/// What befalls the next call to the provider that can suffer it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mishap {
    Busy,
    Down,
    Silent,
    /// A fresh sign-in is wanted (RAPT).
    SignInWanted,
    /// What was asked is done, and nobody hears of it.
    AnswerLost,
}

impl Mishap {
    pub fn meets_codes(self) -> bool {
        self != Self::SignInWanted
    }

    pub fn meets_revokes(self) -> bool {
        self != Self::SignInWanted
    }

    pub fn meets_reads(self) -> bool {
        matches!(self, Self::Busy | Self::Down | Self::Silent)
    }
}

/// How a vault does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    Locked,
    Dismissed,
    Absent,
    /// It reads, and takes nothing.
    Full,
}

/// What a program asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    Whole,
    Narrow,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    Minutes(u8),
    Hours(u8),
    Months(u8),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    Connects { who: Who, lasting: bool },
    Reconnects { account: Who, who: Who, lasting: bool },
    GivesUpLate { who: Who },
    SavesAgain,
    GivesUp,
    Refreshes(Who),
    Tests(Who),
    Disconnects(Who, Reach),
    Asks { of: Who, wish: Wish, new: bool },
    TimePasses(Span),
    Sleeps(u8),
    SetsClock { years: i8 },
    Network(Connection),
    VaultBreaks(Broken),
    VaultGarbles,
    VaultMended,
    DiskFull,
    DiskFreed,
    ProviderSuffers(Mishap),
    ProviderRotates(bool),
    ProviderEnds(Who),
    Restarts,
    Killed,
    KilledDuring { deed: Box<Command>, steps: u8 },
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let without = |lasting: &bool| {
            if *lasting {
                ""
            } else {
                ", which brings no refresh token"
            }
        };
        match self {
            Self::Connects { who, lasting } => write!(f, "{who} is connected{}", without(lasting)),
            Self::Reconnects {
                account,
                who,
                lasting,
            } if account == who => {
                write!(f, "{who} is reconnected{}", without(lasting))
            }
            Self::Reconnects {
                account,
                who,
                lasting,
            } => {
                write!(
                    f,
                    "{account} is to be reconnected, and {who} says yes{}",
                    without(lasting)
                )
            }
            Self::GivesUpLate { who } => {
                write!(
                    f,
                    "{who} says yes in the browser, and somebody gives up before the answer comes"
                )
            }
            Self::SavesAgain => write!(f, "somebody presses: save again"),
            Self::GivesUp => write!(f, "somebody gives the consent up"),
            Self::Refreshes(who) => write!(f, "somebody presses: refresh {who}"),
            Self::Tests(who) => write!(f, "somebody presses: test {who}"),
            Self::Disconnects(who, Reach::Everywhere) => write!(f, "{who} is disconnected everywhere"),
            Self::Disconnects(who, Reach::ThisComputer) => write!(f, "{who} is removed from this computer"),
            Self::Asks { of, wish, new } => {
                let wish = if *wish == Wish::Whole {
                    "everything"
                } else {
                    "one scope"
                };
                let fresh = if *new { "a new lease" } else { "a lease" };
                write!(f, "a program asks for {fresh} of {of}, for {wish}")
            }
            Self::TimePasses(Span::Minutes(n)) => write!(f, "{n} minutes pass"),
            Self::TimePasses(Span::Hours(n)) => write!(f, "{n} hours pass"),
            Self::TimePasses(Span::Months(n)) => write!(f, "{n} months pass"),
            Self::Sleeps(hours) => write!(f, "the computer sleeps for {hours} hours"),
            Self::SetsClock { years } => write!(f, "somebody sets the clock by {years:+} years"),
            Self::Network(connection) => write!(f, "the network is {connection:?}"),
            Self::VaultBreaks(how) => write!(f, "the vault is {how:?}"),
            Self::VaultGarbles => write!(f, "the vault garbles what is written next"),
            Self::VaultMended => write!(f, "the vault works again"),
            Self::DiskFull => write!(f, "the disk is full"),
            Self::DiskFreed => write!(f, "the disk has room again"),
            Self::ProviderSuffers(mishap) => write!(f, "the provider's next answer: {mishap:?}"),
            Self::ProviderRotates(true) => write!(f, "the provider changes tokens at each refresh"),
            Self::ProviderRotates(false) => write!(f, "the provider leaves tokens as they are"),
            Self::ProviderEnds(who) => write!(f, "the provider ends what {who} granted"),
            Self::Restarts => write!(f, "the program is quit and started"),
            Self::Killed => write!(f, "the program is killed and started"),
            Self::KilledDuring { deed, steps } => {
                write!(
                    f,
                    "{deed}; {steps} steps into that, the program is killed and started"
                )
            }
        }
    }
}
