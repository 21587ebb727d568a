//! A short-lived pass and what it opens.

use crate::{AccessToken, Moment, ScopeSet, Timestamp, time::Seconds};

/// An access token with its end and the scopes it really carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    pub token: AccessToken,
    /// On both clocks: a clock that is set, and a computer that slept, make no lease look fresh.
    pub ends: Moment,
    pub scopes: ScopeSet,
}

impl Lease {
    /// Refreshed this long before its end, as Google's own library does.
    pub const EARLY: Seconds = Seconds(225);

    /// Whether it still serves for `at_least` from `now`.
    pub fn serves(&self, now: Moment, at_least: Seconds) -> bool {
        now.until(self.ends) >= at_least.max(Self::EARLY)
    }

    /// Its end as other computers would name it.
    pub fn expires_at(&self) -> Timestamp {
        self.ends.wall
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Uptime;

    fn at(second: i64) -> Moment {
        Moment {
            wall: Timestamp(second),
            up: Uptime(second),
        }
    }

    #[test]
    fn a_lease_close_to_its_end_no_longer_serves() {
        let lease = Lease {
            token: AccessToken::new("t"),
            ends: at(1_000),
            scopes: ScopeSet::default(),
        };
        assert!(lease.serves(at(700), Seconds(0)));
        assert!(!lease.serves(at(776), Seconds(0)), "within the early span");
        assert!(!lease.serves(at(700), Seconds(301)), "asked for longer");
        assert_eq!(lease.expires_at(), Timestamp(1_000));
    }
}
