//! The life of one connected account: states, what can happen, what must be done then.
//!
//! `step.rs` holds the rules as one `match`; its picture is the state diagram in ARCHITECTURE.md.

mod leases;
mod refreshing;
mod step;
mod trouble;
#[cfg(test)]
mod walk;

pub use leases::Leases;
pub use trouble::Trouble;

use crate::{Code, Fault, Lease, ScopeSet, time::Seconds};

/// What the ledger remembers of an account's state across restarts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Connected,
    /// The grant is dead; the code says how the provider put it.
    NeedsReconnect(Code),
    /// The organisation wants a fresh sign-in; the grant lives.
    NeedsSignIn,
    Disconnecting(Reach),
}

/// How far a disconnect goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Revoked at the provider, which ends it on all of this person's computers; then deleted here.
    Everywhere,
    /// Deleted here only.
    ThisComputer,
}

/// Counts attempts, so that an answer to an earlier one cannot land.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Epoch(u64);

impl Epoch {
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// Names one caller who waits for a lease.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ticket(pub u64);

/// How good a lease a caller needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// The kept lease will do if it serves this long.
    AtLeast(Seconds),
    /// Straight from the provider.
    New,
}

/// What a caller asks for: a lease for these scopes, or (none) for the whole grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Want {
    pub ticket: Ticket,
    pub freshness: Freshness,
    pub scopes: ScopeSet,
}

/// An account and the attempt it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub epoch: Epoch,
    pub state: State,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// The grant is trusted. `trouble` is the last fault that did not end it.
    Connected {
        leases: Leases,
        trouble: Option<Trouble>,
    },
    Refreshing(Refresh),
    /// Only a person can go on: reconnect, or sign in again.
    Stopped {
        because: Fault,
    },
    /// The provider is being told to end the grant; nothing is handed out any more.
    Revoking {
        trouble: Option<Fault>,
    },
    /// The grant is being deleted on this computer.
    Forgetting {
        reach: Reach,
        trouble: Option<Fault>,
    },
    Gone,
}

/// The one refresh in flight, however many wait for however many scopes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refresh {
    /// What it asks for; none are the whole grant.
    pub scopes: ScopeSet,
    /// Who waits, for this or for another one after it, longest first.
    pub waiting: Vec<Want>,
    /// What was kept before.
    pub leases: Leases,
    /// Where a passing fault leads back to.
    pub rest: Rest,
}

/// The state a refresh started from, with what was wrong then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rest {
    Connected(Option<Trouble>),
    Stopped(Fault),
}

/// What can happen to an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// The program started: go on with what was under way.
    Resumed,
    /// Somebody asks for a lease.
    Wanted(Want),
    /// The network is another one, or the vault is open again: what failed is worth trying at once.
    Hoped,
    Refreshed {
        epoch: Epoch,
        lease: Lease,
    },
    RefreshFailed {
        epoch: Epoch,
        fault: Fault,
    },
    /// A new consent is stored; what was cached from the old one no longer counts.
    Reconnected {
        lease: Lease,
    },
    DisconnectAsked {
        reach: Reach,
    },
    Revoked {
        epoch: Epoch,
    },
    RevokeFailed {
        epoch: Epoch,
        fault: Fault,
    },
    Forgotten {
        epoch: Epoch,
    },
    ForgetFailed {
        epoch: Epoch,
        fault: Fault,
    },
    /// The pause after a failed revoke or delete is over.
    PauseOver {
        epoch: Epoch,
    },
}

/// What must be done, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Ask the provider for a new lease, for these scopes or (none) for the whole grant.
    Refresh(Epoch, ScopeSet),
    /// Give a caller the one answer to its question.
    Answer(Ticket, Result<Lease, Fault>),
    /// Write to the ledger, durably, before anything that follows.
    Record(Standing),
    /// Tell the provider to end the grant.
    Revoke(Epoch),
    /// Delete the grant from the vault, then its row from the ledger.
    Forget(Epoch, Reach),
    /// Wait, longer each time, then say `PauseOver`.
    Pause(Epoch),
    /// Tell whoever watches.
    Announce,
}

impl Account {
    /// An account as the ledger remembers it.
    pub fn resumed(standing: Standing) -> Self {
        let state = match standing {
            Standing::Connected => State::Connected {
                leases: Leases::default(),
                trouble: None,
            },
            Standing::NeedsReconnect(code) => State::Stopped { because: code.into() },
            Standing::NeedsSignIn => State::Stopped {
                because: Code::SignInExpired.into(),
            },
            Standing::Disconnecting(Reach::Everywhere) => State::Revoking { trouble: None },
            Standing::Disconnecting(reach @ Reach::ThisComputer) => {
                State::Forgetting { reach, trouble: None }
            }
        };
        Self {
            epoch: Epoch::default(),
            state,
        }
    }

    /// The leases that may be handed out now; none where nothing may be.
    pub fn leases(&self) -> Option<&Leases> {
        match &self.state {
            State::Connected { leases, .. } | State::Refreshing(Refresh { leases, .. }) => Some(leases),
            _ => None,
        }
    }

    /// What is wrong now, if anything.
    pub fn trouble(&self) -> Option<&Fault> {
        match &self.state {
            State::Connected { trouble, .. } => trouble.as_ref().map(|trouble| &trouble.fault),
            State::Revoking { trouble } | State::Forgetting { trouble, .. } => trouble.as_ref(),
            State::Stopped { because }
            | State::Refreshing(Refresh {
                rest: Rest::Stopped(because),
                ..
            }) => Some(because),
            State::Refreshing { .. } | State::Gone => None,
        }
    }

    /// What failed while the grant is trusted, and when it is worth trying again.
    pub fn passing_trouble(&self) -> Option<&Trouble> {
        match &self.state {
            State::Connected { trouble, .. } => trouble.as_ref(),
            _ => None,
        }
    }

    /// The state as the ledger remembers it; `None` once there is nothing to remember.
    pub fn standing(&self) -> Option<Standing> {
        match &self.state {
            State::Connected { .. }
            | State::Refreshing(Refresh {
                rest: Rest::Connected(_),
                ..
            }) => Some(Standing::Connected),
            State::Stopped { because }
            | State::Refreshing(Refresh {
                rest: Rest::Stopped(because),
                ..
            }) => Some(stopped_standing(because.code)),
            State::Revoking { .. } => Some(Standing::Disconnecting(Reach::Everywhere)),
            State::Forgetting { reach, .. } => Some(Standing::Disconnecting(*reach)),
            State::Gone => None,
        }
    }
}

const fn stopped_standing(code: Code) -> Standing {
    match code {
        Code::SignInExpired => Standing::NeedsSignIn,
        ended => Standing::NeedsReconnect(ended),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AccessToken, Moment};

    fn account(state: State) -> Account {
        Account {
            epoch: Epoch::default(),
            state,
        }
    }

    fn leases() -> Leases {
        Leases::of_whole_grant(Lease {
            token: AccessToken::new("a"),
            ends: Moment::default() + Seconds(3_600),
            scopes: ScopeSet::default(),
        })
    }

    fn refreshing(rest: Rest) -> State {
        State::Refreshing(Refresh {
            scopes: ScopeSet::default(),
            waiting: vec![],
            leases: leases(),
            rest,
        })
    }

    fn stopped(code: Code) -> State {
        State::Stopped { because: code.into() }
    }

    #[test]
    fn each_state_is_remembered_for_what_it_is() {
        let busy = || Trouble::after(None, Code::ProviderBusy.into(), Moment::default());
        let trouble = || Some(Fault::from(Code::Offline));
        let (here, everywhere) = (Reach::ThisComputer, Reach::Everywhere);
        let connected = |trouble| State::Connected {
            leases: leases(),
            trouble,
        };
        // The state, its standing, its trouble, and whether leases may be handed out.
        let states = [
            (connected(None), Some(Standing::Connected), None, true),
            (
                connected(Some(busy())),
                Some(Standing::Connected),
                Some(Code::ProviderBusy),
                true,
            ),
            (
                refreshing(Rest::Connected(None)),
                Some(Standing::Connected),
                None,
                true,
            ),
            (
                refreshing(Rest::Stopped(Code::SignInExpired.into())),
                Some(Standing::NeedsSignIn),
                Some(Code::SignInExpired),
                true,
            ),
            (
                stopped(Code::GrantEnded),
                Some(Standing::NeedsReconnect(Code::GrantEnded)),
                Some(Code::GrantEnded),
                false,
            ),
            (
                State::Revoking { trouble: trouble() },
                Some(Standing::Disconnecting(everywhere)),
                Some(Code::Offline),
                false,
            ),
            (
                State::Forgetting {
                    reach: here,
                    trouble: trouble(),
                },
                Some(Standing::Disconnecting(here)),
                Some(Code::Offline),
                false,
            ),
            (State::Gone, None, None, false),
        ];
        for (state, standing, trouble, hands_out) in states {
            let passes = matches!(&state, State::Connected { trouble: Some(_), .. });
            let account = account(state);
            assert_eq!(account.standing(), standing);
            assert_eq!(account.trouble().map(|fault| fault.code), trouble, "{standing:?}");
            assert_eq!(account.passing_trouble().is_some(), passes, "{standing:?}");
            let fresh = account.leases().and_then(Leases::fresh_until);
            assert_eq!(fresh.is_some(), hands_out, "{standing:?}");
        }
    }
}
