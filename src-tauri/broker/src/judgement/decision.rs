use evergrant_domain::{Timestamp, time::Seconds};

/// A person's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    Once,
    TwelveHours,
    Always,
    Deny,
    DenyAndMute,
    /// Nobody answered in time, or nobody could be asked: a no.
    Silence,
}

impl Decision {
    const TWELVE_HOURS: Seconds = Seconds(12 * 3600);

    pub const fn is_yes(self) -> bool {
        matches!(self, Self::Once | Self::TwelveHours | Self::Always)
    }

    /// Until when a grant made by it lasts; `None`: it makes none.
    pub fn lasting(self, now: Timestamp) -> Option<Option<Timestamp>> {
        match self {
            Self::TwelveHours => Some(Some(now + Self::TWELVE_HOURS)),
            Self::Always => Some(None),
            Self::Once | Self::Deny | Self::DenyAndMute | Self::Silence => None,
        }
    }

    /// What can be said about a program that cannot be remembered: a yes shrinks to this once.
    #[must_use]
    pub const fn unremembered(self) -> Self {
        match self {
            Self::TwelveHours | Self::Always => Self::Once,
            Self::DenyAndMute => Self::Deny,
            other => other,
        }
    }
}
