//! The leases kept of one account, each under the scopes it was asked for.

use std::collections::BTreeMap;

use crate::{Lease, Moment, ScopeSet, time::Seconds};

/// The lease of the whole grant, and narrowed ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leases {
    whole: Option<Lease>,
    /// By the scopes asked; what a lease really opens, its own `scopes` say.
    narrowed: BTreeMap<ScopeSet, Lease>,
}

impl Leases {
    /// The most narrowed leases kept; that of the whole grant always has its place.
    pub const MOST_NARROWED: usize = 32;
    /// A lease this close to its end might be over on its way.
    const ALMOST_OVER: Seconds = Seconds(30);

    /// What a consent leaves: one lease, for everything.
    pub fn of_whole_grant(lease: Lease) -> Self {
        Self {
            whole: Some(lease),
            narrowed: BTreeMap::new(),
        }
    }

    /// The lease for exactly these scopes (none: the whole grant), if it serves this long from `now`.
    /// A broader one never stands in for it; that of the whole grant does where it opens just these.
    pub fn serving(&self, asked: &ScopeSet, now: Moment, at_least: Seconds) -> Option<&Lease> {
        self.of(asked).find(|lease| lease.serves(now, at_least))
    }

    /// The same where nothing newer is to be had: a lease counts as good almost to its end.
    pub(super) fn still_valid(&self, asked: &ScopeSet, now: Moment, at_least: Seconds) -> Option<&Lease> {
        let lasts = |lease: &&Lease| now.until(lease.ends) >= at_least.max(Self::ALMOST_OVER);
        self.of(asked).find(lasts)
    }

    /// Those that are for exactly these scopes.
    fn of(&self, asked: &ScopeSet) -> impl Iterator<Item = &Lease> {
        let is_for = |whole: &&Lease| asked.is_empty() || *asked == whole.scopes;
        let whole = self.whole.as_ref().filter(is_for);
        [self.narrowed.get(asked), whole].into_iter().flatten()
    }

    /// Keeps a lease under the scopes it was asked for, in place of the earlier one for the same. Those
    /// that have ended go; where there are too many, the one that ends soonest gives way.
    pub(super) fn keep(&mut self, asked: ScopeSet, lease: Lease, now: Moment) {
        self.narrowed.retain(|_, kept| now.until(kept.ends) > Seconds(0));
        if asked.is_empty() {
            self.whole = Some(lease);
            return;
        }
        self.narrowed.remove(&asked);
        while self.narrowed.len() >= Self::MOST_NARROWED {
            let soonest = self.narrowed.iter().min_by_key(|(_, kept)| kept.ends.up);
            let Some(soonest) = soonest.map(|(asked, _)| asked.clone()) else {
                break;
            };
            self.narrowed.remove(&soonest);
        }
        self.narrowed.insert(asked, lease);
    }

    /// When the lease of the whole grant ends, or else the one kept longest.
    pub fn fresh_until(&self) -> Option<Moment> {
        let end = |lease: &Lease| lease.ends;
        let narrowed = self.narrowed.values().map(end).max_by_key(|end| end.up);
        self.whole.as_ref().map(end).or(narrowed)
    }

    pub fn is_empty(&self) -> bool {
        self.whole.is_none() && self.narrowed.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AccessToken, Timestamp, time::Uptime};

    const NOW: Moment = Moment {
        wall: Timestamp(1_000),
        up: Uptime(1_000),
    };

    fn lease(scopes: &str, lasts: i64) -> Lease {
        Lease {
            token: AccessToken::new(scopes),
            ends: NOW + Seconds(lasts),
            scopes: ScopeSet::parse(scopes),
        }
    }

    fn set(scopes: &str) -> ScopeSet {
        ScopeSet::parse(scopes)
    }

    fn serves(leases: &Leases, asked: &str) -> Option<ScopeSet> {
        let found = leases.serving(&set(asked), NOW, Seconds(0));
        found.map(|lease| lease.scopes.clone())
    }

    #[test]
    fn a_broader_lease_stands_in_for_nothing() {
        let mut leases = Leases::of_whole_grant(lease("mail drive", 3_600));
        assert_eq!(serves(&leases, ""), Some(set("mail drive")));
        assert_eq!(serves(&leases, "mail"), None);
        leases.keep(set("mail"), lease("mail", 3_600), NOW);
        assert_eq!(serves(&leases, "mail"), Some(set("mail")));
        assert_eq!(serves(&leases, "drive"), None);
        assert_eq!(
            serves(&leases, ""),
            Some(set("mail drive")),
            "the whole one stays"
        );
    }

    #[test]
    fn who_asks_for_all_by_name_gets_the_lease_of_all() {
        let leases = Leases::of_whole_grant(lease("mail drive", 3_600));
        assert_eq!(serves(&leases, "drive mail"), Some(set("mail drive")));
    }

    #[test]
    fn a_lease_under_its_own_name_that_ended_does_not_hide_the_one_of_all() {
        let mut leases = Leases::of_whole_grant(lease("mail", 3_600));
        leases.keep(set("mail"), lease("mail", 10), NOW);
        assert_eq!(serves(&leases, "mail"), Some(set("mail")));
    }

    #[test]
    fn where_narrowing_is_ignored_the_lease_says_what_it_opens() {
        let mut leases = Leases::default();
        leases.keep(set("mail"), lease("mail drive", 3_600), NOW);
        assert_eq!(serves(&leases, "mail"), Some(set("mail drive")));
        assert_eq!(serves(&leases, "mail drive"), None, "kept under what was asked");
        assert_eq!(serves(&leases, ""), None);
    }

    #[test]
    fn the_one_that_ends_soonest_gives_way_and_never_the_one_of_all() {
        let mut leases = Leases::of_whole_grant(lease("all", 300));
        for number in 0..40 {
            // Named backwards, so that the order of names is not the order of ends.
            let name = format!("s{:02}", 39 - number);
            leases.keep(set(&name), lease(&name, 1_000 + number), NOW);
        }
        assert_eq!(leases.narrowed.len(), Leases::MOST_NARROWED);
        assert_eq!(serves(&leases, ""), Some(set("all")));
        assert_eq!(serves(&leases, "s32"), None, "ended soonest");
        assert_eq!(serves(&leases, "s31"), Some(set("s31")));
        // Even a newcomer that ends before all others finds a place.
        leases.keep(set("brief"), lease("brief", 500), NOW);
        assert_eq!(serves(&leases, "brief"), Some(set("brief")));
        assert_eq!(serves(&leases, "s31"), None);
    }

    #[test]
    fn what_has_ended_is_not_kept() {
        let mut leases = Leases::default();
        leases.keep(set("mail"), lease("mail", 10), NOW);
        leases.keep(set("drive"), lease("drive", 3_600), NOW + Seconds(10));
        assert_eq!(leases.narrowed.len(), 1);
    }

    #[test]
    fn the_end_shown_is_that_of_the_whole_grant_where_there_is_one() {
        let mut leases = Leases::default();
        assert_eq!(leases.fresh_until(), None);
        leases.keep(set("mail"), lease("mail", 900), NOW);
        leases.keep(set("drive"), lease("drive", 800), NOW);
        assert_eq!(leases.fresh_until(), Some(NOW + Seconds(900)));
        leases.keep(ScopeSet::default(), lease("mail drive", 400), NOW);
        assert_eq!(leases.fresh_until(), Some(NOW + Seconds(400)));
    }
}
