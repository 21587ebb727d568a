//! Why a grant died, as far as this computer can tell, and what will end one that lives.
//!
//! Most causes look alike in the provider's answer. What was written down here tells them apart: when
//! consent was given, when the grant was last seen alive, what it opens, and how its neighbours fare.

mod cause;
mod evidence;
mod forecast;
mod habits;
mod rules;

#[cfg(test)]
mod tests;

pub use cause::Cause;
pub use evidence::{Evidence, Peers, Record};
pub use forecast::{Forecast, forecast};
pub use habits::Habits;

use rules::RULES;

/// How sure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sureness {
    /// It fits, and so do others.
    Possible,
    /// Nothing else fits as well.
    Likely,
    /// The provider said so, now or when it gave the grant.
    Certain,
}

impl Sureness {
    pub const ALL: [Self; 3] = [Self::Certain, Self::Likely, Self::Possible];

    /// The stable name used in messages: `reason.<sureness>` begins the sentence.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Likely => "likely",
            Self::Possible => "possible",
        }
    }
}

/// One cause that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    pub cause: Cause,
    pub sureness: Sureness,
}

/// The causes that fit, likeliest first; never empty, each once.
///
/// What is certain stands alone. Where two are as likely, each of them is only possible.
pub fn reasons(evidence: &Evidence) -> Vec<Reason> {
    let mut found: Vec<Reason> = Vec::new();
    for rule in RULES.iter().filter(|rule| (rule.fits)(evidence)) {
        if found.iter().all(|reason| reason.cause != rule.cause) {
            found.push(Reason {
                cause: rule.cause,
                sureness: rule.sureness,
            });
        }
    }
    if found.iter().any(|reason| reason.sureness == Sureness::Certain) {
        found.retain(|reason| reason.sureness == Sureness::Certain);
    }
    let likely = |reason: &&mut Reason| reason.sureness == Sureness::Likely;
    if found.iter_mut().filter(likely).count() > 1 {
        for reason in found.iter_mut().filter(likely) {
            reason.sureness = Sureness::Possible;
        }
    }
    // Stable: among equals the table's order holds.
    found.sort_by_key(|reason| std::cmp::Reverse(reason.sureness));
    if found.is_empty() {
        found.push(Reason {
            cause: Cause::Unknown,
            sureness: Sureness::Possible,
        });
    }
    found
}
