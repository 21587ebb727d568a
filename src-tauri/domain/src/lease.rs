//! A short-lived pass and what it opens.

use crate::{AccessToken, ScopeSet, Timestamp, time::Seconds};

/// An access token with its end and the scopes it really carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    pub token: AccessToken,
    pub expires_at: Timestamp,
    pub scopes: ScopeSet,
}

impl Lease {
    /// Refreshed this long before its end, as Google's own library does.
    pub const EARLY: Seconds = Seconds(225);

    /// Whether it still serves for `at_least` from `now`.
    pub fn serves(&self, now: Timestamp, at_least: Seconds) -> bool {
        self.expires_at - now >= at_least.max(Self::EARLY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lease_close_to_its_end_no_longer_serves() {
        let lease = Lease {
            token: AccessToken::new("t"),
            expires_at: Timestamp(1_000),
            scopes: ScopeSet::default(),
        };
        assert!(lease.serves(Timestamp(700), Seconds(0)));
        assert!(!lease.serves(Timestamp(776), Seconds(0)), "within the early span");
        assert!(!lease.serves(Timestamp(700), Seconds(301)), "asked for longer");
    }
}
