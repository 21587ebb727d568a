//! A yes for once that nobody was waiting for: it opens the door one time, soon.

use evergrant_domain::{AccountId, ScopeSet, Timestamp, time::Seconds};

use crate::judgement::{Asker, Wish};

/// One token each, for the asker that was meant.
#[derive(Debug, Default)]
pub struct Passes(Vec<Pass>);

#[derive(Debug)]
struct Pass {
    asker: Asker,
    wish: Wish,
    until: Timestamp,
}

impl Passes {
    /// How long the program has to come back for its token.
    const LIFETIME: Seconds = Seconds(5 * 60);

    pub fn give(&mut self, asker: &Asker, wishes: &[Wish], now: Timestamp) {
        let pass = |wish: &Wish| Pass {
            asker: asker.clone(),
            wish: wish.clone(),
            until: now + Self::LIFETIME,
        };
        self.0.extend(wishes.iter().map(pass));
    }

    /// Uses up a pass for this, if there is one.
    pub fn take(&mut self, asker: &Asker, account: &AccountId, scopes: &ScopeSet, now: Timestamp) -> bool {
        self.0.retain(|pass| now < pass.until);
        let fits = |pass: &Pass| {
            pass.asker == *asker && pass.wish.account == *account && scopes.is_subset_of(&pass.wish.scopes)
        };
        let place = self.0.iter().position(fits);
        place.map(|place| self.0.swap_remove(place)).is_some()
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::{Assurance, Origin, Program, ProgramKey};
    use evergrant_domain::Subject;

    #[test]
    fn a_pass_opens_once_for_its_asker_and_not_for_long() {
        let program = |key: &str| Program {
            key: ProgramKey::new(key),
            name: key.into(),
            path: None,
            origin: Origin::Direct,
            assurance: Assurance::System,
            package: None,
            chain: vec![],
            unit: None,
            terminal: None,
        };
        let subject = Subject {
            issuer: "i".into(),
            sub: "s".into(),
        };
        let wish = Wish {
            account: AccountId::of(&subject),
            email: "a@example.com".into(),
            scopes: ScopeSet::parse("mail send"),
        };
        let (mutt, other) = (Asker::new(&program("mutt"), 1), Asker::new(&program("other"), 1));
        let mail = ScopeSet::parse("mail");
        let mut passes = Passes::default();
        passes.give(&mutt, std::slice::from_ref(&wish), Timestamp(0));
        assert!(!passes.take(&other, &wish.account, &mail, Timestamp(1)));
        assert!(!passes.take(&mutt, &wish.account, &ScopeSet::parse("drive"), Timestamp(1)));
        assert!(passes.take(&mutt, &wish.account, &mail, Timestamp(1)));
        assert!(!passes.take(&mutt, &wish.account, &mail, Timestamp(1)), "used up");
        passes.give(&mutt, std::slice::from_ref(&wish), Timestamp(0));
        assert!(
            !passes.take(&mutt, &wish.account, &mail, Timestamp(300)),
            "too late"
        );
    }
}
