//! What must hold once the agent came to rest.

use evergrant_protocol::{AccountState, AccountView};

use crate::deed::Deed;
use crate::look::{About, Evidence};
use crate::season::Season;

/// A promise that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    pub what: String,
    /// Nobody could have kept it: the answer that brought the token never came, and the provider knows no
    /// way back. Then the person is told, and signs in once more.
    pub beyond_mending: bool,
}

/// What was done, and how everything lay at each death.
pub struct Case<'a> {
    pub deed: Deed,
    pub email: &'a str,
    pub season: Season,
    pub before: &'a Evidence,
    pub deaths: &'a [Evidence],
    /// A death may have come before the provider's answer was stored. None did where the deed was done:
    /// nothing is said to be done, and nothing handed out, before it is stored.
    pub answer_may_be_lost: bool,
}

impl Case<'_> {
    /// What does not hold.
    pub fn broken(&self, now: &Evidence, listed: &[AccountView]) -> Vec<Broken> {
        let mut broken = Vec::new();
        if now.notes() > 0 {
            broken.push(Broken::plain(format!(
                "{} notes of consents are left",
                now.notes()
            )));
        }
        for person in now.people() {
            broken.extend(doubled(&person));
            broken.extend(whole(&person, listed));
            broken.extend(self.stays_or_goes(&person));
            broken.extend(self.opens(&person));
            broken.extend(self.orphan(&person));
        }
        broken
    }

    fn stays_or_goes(&self, now: &About) -> Option<Broken> {
        let before = self.before.about(&now.email);
        let email = &now.email;
        if now.email != self.email {
            let same = now.is_here() == before.is_here();
            return (!same).then(|| Broken::plain(format!("{email}, whom nobody touched, came or went")));
        }
        let must_stay = match self.deed {
            // Once the vault has it, it is the person's.
            Deed::Connect => self.at_a_death(About::opens),
            Deed::Reconnect | Deed::Refresh => true,
            // One that was never heard of leaves everything as it was; when it was heard, nobody outside can tell.
            Deed::Disconnect => false,
        };
        if must_stay && !now.is_here() {
            return Some(Broken::plain(format!("{email} is lost")));
        }
        let must_go =
            self.deed == Deed::Disconnect && self.at_a_death(|then| then.is_going() || !then.is_here());
        (must_go && now.is_here())
            .then(|| Broken::plain(format!("the disconnect of {email} began and does not end")))
    }

    fn opens(&self, now: &About) -> Option<Broken> {
        (now.is_here() && !self.is_of_use(now)).then(|| Broken {
            what: format!("what is kept of {} opens nothing", now.email),
            beyond_mending: now.email == self.email && self.answer_was_lost(),
        })
    }

    /// A provider that watches ends the earlier token too, once a newest that it took away is used.
    fn is_of_use(&self, then: &About) -> bool {
        if self.season.watches() {
            then.opens_at_once()
        } else {
            then.opens()
        }
    }

    /// At a death the provider had taken the old token away, and the vault still held just that.
    fn answer_was_lost(&self) -> bool {
        let before = self.before.about(self.email);
        let lost = |then: &About| !self.is_of_use(then) && then.held() == before.held();
        self.answer_may_be_lost && self.season.ends_the_old() && self.at_a_death(lost)
    }

    fn orphan(&self, now: &About) -> Option<Broken> {
        (!now.is_here() && !now.live.is_empty()).then(|| Broken {
            what: format!(
                "{} live refresh tokens of {} at the provider, and no account here",
                now.live.len(),
                now.email
            ),
            beyond_mending: now.email == self.email
                && self.deed == Deed::Connect
                && self.answer_may_be_lost
                && !self.at_a_death(About::is_here),
        })
    }

    fn at_a_death(&self, is_so: impl Fn(&About) -> bool) -> bool {
        self.deaths.iter().any(|then| is_so(&then.about(self.email)))
    }
}

impl Broken {
    fn plain(what: String) -> Self {
        Self {
            what,
            beyond_mending: false,
        }
    }
}

fn doubled(now: &About) -> Option<Broken> {
    (now.items.len() > 1 || now.rows.len() > 1).then(|| {
        let (items, rows) = (now.items.len(), now.rows.len());
        Broken::plain(format!(
            "{} is doubled: {items} vault items, {rows} rows",
            now.email
        ))
    })
}

/// Vault, ledger and the running agent say the same.
fn whole(now: &About, listed: &[AccountView]) -> Option<Broken> {
    let shown = listed.iter().find(|account| account.email == now.email);
    let (item, row) = (!now.items.is_empty(), !now.rows.is_empty());
    if item != row || row != shown.is_some() {
        let shown = shown.is_some();
        let where_from = format!("vault: {item}, ledger: {row}, shown: {shown}");
        return Some(Broken::plain(format!(
            "{} is here by half ({where_from})",
            now.email
        )));
    }
    let going = now.is_going() || shown.is_some_and(|account| account.state == AccountState::Disconnecting);
    going.then(|| Broken::plain(format!("{} is still being disconnected", now.email)))
}
