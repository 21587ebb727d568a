//! What is known, as plain data, and what follows from it by arithmetic alone.

use crate::{Code, ScopeSet, Timestamp, time::Seconds};

use super::Habits;

pub(super) const HOUR: Seconds = Seconds(60 * 60);
pub(super) const DAY: Seconds = Seconds(24 * HOUR.0);

/// Clocks differ and answers come late: an end is met within half a day.
const NEAR: Seconds = Seconds(DAY.0 / 2);
/// A grant that was alive so shortly before it was found dead died of what happened then.
const RECENTLY: Seconds = Seconds(2 * DAY.0);
/// A lease that was given shows a living grant: it lives for an hour, and its giving is noted to the hour.
const LEASE_AND_NOTE: Seconds = Seconds(2 * HOUR.0);

/// What was written down here of a grant, dead or alive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    pub habits: Habits,
    /// When the newest consent was given.
    pub consented_at: Timestamp,
    /// The last time the provider confirmed the grant.
    pub last_success: Option<Timestamp>,
    /// The last time a program was given a lease, give or take an hour.
    pub last_used: Option<Timestamp>,
    /// When the grant ends by itself, where the provider said so (`refresh_token_expires_in`).
    pub grant_ends_at: Option<Timestamp>,
    /// Consents given to this client from here.
    pub consents: u32,
    pub granted: ScopeSet,
    /// The account is an organisation's (Google's `hd`).
    pub organisation: bool,
}

/// The other accounts of the same client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Peers {
    pub others: u32,
    /// Those that stopped within an hour of this one.
    pub stopped_with_it: u32,
}

/// A grant that stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    pub fault: Code,
    pub stopped_at: Timestamp,
    pub record: Record,
    pub peers: Peers,
}

impl Record {
    /// The last moment at which the grant is known to have lived.
    pub(super) fn alive_until(&self) -> Timestamp {
        let used = self.last_used.map(|used| used + Seconds(-LEASE_AND_NOTE.0));
        let seen = [self.last_success, used].into_iter().flatten().max();
        seen.map_or(self.consented_at, |seen| seen.max(self.consented_at))
    }

    /// The provider announced an end that is about as far away as Testing sets it.
    pub(super) fn in_testing(&self) -> bool {
        let announced = self.grant_ends_at.map(|end| end - self.consented_at);
        match (announced, self.habits.testing) {
            (Some(life), Some(testing)) => life.0.abs_diff(testing.0) <= NEAR.0.unsigned_abs(),
            _ => false,
        }
    }

    pub(super) fn opens_the_mail(&self) -> bool {
        const WHOLE_MAILBOX: &str = "https://mail.google.com/";
        const GMAIL: &str = "https://www.googleapis.com/auth/gmail.";
        let mut scopes = self.granted.iter().map(crate::Scope::as_str);
        scopes.any(|scope| scope == WHOLE_MAILBOX || scope.starts_with(GMAIL))
    }

    pub(super) fn opens_the_cloud(&self) -> bool {
        self.granted.has("https://www.googleapis.com/auth/cloud-platform")
    }

    fn opens_only_a_sign_in(&self) -> bool {
        self.granted.iter().all(crate::Scope::is_sign_in)
    }
}

impl Evidence {
    /// The provider refuses the grant: any of the causes that look alike.
    pub(super) fn refused(&self) -> bool {
        matches!(self.fault, Code::GrantEnded | Code::GrantUnknown)
    }

    /// Between which moments it died. `None` where the clock went back in between: ages mean nothing then.
    fn died_between(&self) -> Option<(Timestamp, Timestamp)> {
        let alive = self.record.alive_until();
        (alive <= self.stopped_at).then_some((alive, self.stopped_at))
    }

    /// It can have died at this moment.
    fn fits_the_moment(&self, due: Timestamp) -> bool {
        let early = Seconds(-NEAR.0);
        self.died_between()
            .is_some_and(|(alive, stopped)| alive <= due + NEAR && stopped >= due + early)
    }

    pub(super) fn clock_went_back(&self) -> bool {
        self.died_between().is_none()
    }

    pub(super) fn recently_alive(&self) -> bool {
        self.died_between()
            .is_some_and(|(alive, stopped)| stopped - alive <= RECENTLY)
    }

    /// It can have died at the end that was announced.
    pub(super) fn met_its_announced_end(&self) -> bool {
        let end = self.record.grant_ends_at;
        self.refused() && end.is_some_and(|end| self.fits_the_moment(end))
    }

    /// No end was announced, and it can have died when a grant in Testing does.
    pub(super) fn met_the_end_of_testing(&self) -> bool {
        let record = &self.record;
        let due = record.habits.testing.map(|life| record.consented_at + life);
        self.refused()
            && record.grant_ends_at.is_none()
            && !record.opens_only_a_sign_in()
            && due.is_some_and(|due| self.fits_the_moment(due))
    }

    /// Nothing used it for as long as its provider bears. What had ended before cannot go unused.
    pub(super) fn lay_unused(&self) -> bool {
        let idle = self.died_between().map(|(alive, stopped)| stopped - alive);
        self.refused()
            && !self.met_its_announced_end()
            && idle
                .zip(self.record.habits.unused)
                .is_some_and(|(idle, most)| idle >= most)
    }

    /// Consents were given from here as often as the provider bears, less this many.
    pub(super) fn consents_reach(&self, less: u32) -> bool {
        let most = self.record.habits.most_consents;
        self.refused() && most.is_some_and(|most| self.record.consents >= most.saturating_sub(less))
    }

    /// Most of the other accounts stopped at the same time, so it is not about this one.
    pub(super) fn not_alone(&self) -> bool {
        let Peers {
            others,
            stopped_with_it,
        } = self.peers;
        self.refused() && stopped_with_it > others / 2
    }

    /// Ended a short while ago, at no date and no count that would explain it.
    pub(super) fn ended_out_of_the_blue(&self) -> bool {
        let explained =
            self.met_its_announced_end() || self.met_the_end_of_testing() || self.consents_reach(0);
        self.fault == Code::GrantEnded && self.recently_alive() && !explained
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spans_are_as_they_are_said() {
        assert_eq!((NEAR, RECENTLY), (Seconds(43_200), Seconds(172_800)));
        assert_eq!(LEASE_AND_NOTE, Seconds(7_200));
    }

    #[test]
    fn the_newest_sign_of_life_counts_and_a_lease_is_older_than_its_note() {
        let mut record = Record {
            consented_at: Timestamp(50_000),
            last_used: Some(Timestamp(100_000)),
            ..Record::default()
        };
        assert_eq!(record.alive_until(), Timestamp(92_800));
        record.last_success = Some(Timestamp(95_000));
        assert_eq!(record.alive_until(), Timestamp(95_000));
        record.consented_at = Timestamp(110_000);
        assert_eq!(record.alive_until(), Timestamp(110_000));
    }

    #[test]
    fn the_cloud_is_opened_by_its_own_scope_alone() {
        let opens = |scope: &str| {
            let granted = ScopeSet::parse(scope);
            let record = Record {
                granted,
                ..Record::default()
            };
            record.opens_the_cloud()
        };
        assert!(opens("openid https://www.googleapis.com/auth/cloud-platform"));
        assert!(!opens("openid https://www.googleapis.com/auth/drive"));
    }
}
