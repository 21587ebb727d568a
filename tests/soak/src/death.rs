use std::fmt;
use std::num::NonZeroU32;

use evergrant_agent::mortal::{Side, Step};

/// The step at which an agent kills itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doom {
    pub step: Step,
    pub side: Side,
    pub nth: NonZeroU32,
}

impl Doom {
    /// As the agent reads it.
    pub fn told(self) -> String {
        format!("{}:{}:{}", self.step.name(), self.side.name(), self.nth)
    }

    /// Without the number, for counting.
    pub fn place(self) -> String {
        format!("{}:{}", self.step.name(), self.side.name())
    }
}

/// How an agent is to die.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Death {
    /// By its own hand, at a step.
    Told(Doom),
    /// From outside, this part of the time that the deed usually takes after its work began.
    Outside(f64),
}

impl Death {
    pub const fn doom(&self) -> Option<&Doom> {
        match self {
            Self::Told(doom) => Some(doom),
            Self::Outside(_) => None,
        }
    }

    /// Comes only once what the provider gave is stored: a row is written after the vault has the token.
    pub const fn comes_after_storing(&self) -> bool {
        matches!(
            self,
            Self::Told(
                Doom {
                    step: Step::LedgerSave | Step::HistoryNote,
                    ..
                } | Doom {
                    step: Step::VaultWrite,
                    side: Side::After,
                    ..
                }
            )
        )
    }

    pub fn place(&self) -> String {
        match self {
            Self::Told(doom) => doom.place(),
            Self::Outside(_) => "from outside".to_owned(),
        }
    }
}

impl fmt::Display for Death {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Told(doom) => to.write_str(&doom.told()),
            Self::Outside(part) => write!(to, "from outside, at {:.0} % of the way", part * 100.0),
        }
    }
}
