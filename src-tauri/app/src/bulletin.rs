//! Which notifications about accounts stand on the screen. Accounts that stop of the same thing share one.

use std::collections::{BTreeMap, BTreeSet};

use evergrant_agent::clock::Reading;

use crate::told::Told;

/// What each account needs the person for, by its id.
pub type Needs = BTreeMap<String, String>;

#[derive(Debug, Default)]
pub struct Bulletin {
    /// As last looked at.
    known: Needs,
    notes: Vec<Note>,
    last: u32,
}

/// One notification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Names it for as long as it stands.
    pub number: u32,
    pub cause: String,
    /// Never none.
    pub accounts: Vec<String>,
}

/// What to do on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// In place of what it said before. One that is no news is only corrected where it still stands.
    Show {
        note: Note,
        news: bool,
    },
    Withdraw(u32),
}

impl Bulletin {
    /// Nothing of this is news: it was so before anybody looked. What was mended is taken off the screen all the same.
    pub fn know(&mut self, needs: Needs) -> Vec<Step> {
        let steps = self.correct(&needs, &BTreeMap::new());
        self.known = needs;
        steps
    }

    /// What is new, what is less, and what is over.
    pub fn look(&mut self, needs: Needs, told: &mut Told, now: &Reading) -> Vec<Step> {
        let mut news: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (account, cause) in &needs {
            if self.known.get(account) != Some(cause) && told.may_tell(account, cause, now) {
                told.note(account, cause, now);
                news.entry(cause.clone()).or_default().push(account.clone());
            }
        }
        let steps = self.correct(&needs, &news);
        self.known = needs;
        steps
    }

    /// The account that a notification leads to.
    pub fn leads_to(&self, number: u32) -> Option<&str> {
        let note = self.notes.iter().find(|note| note.number == number)?;
        note.accounts.first().map(String::as_str)
    }

    fn correct(&mut self, needs: &Needs, news: &BTreeMap<String, Vec<String>>) -> Vec<Step> {
        let before = std::mem::take(&mut self.notes);
        let mut taken = BTreeSet::new();
        for note in &before {
            let mut left = note.clone();
            left.accounts
                .retain(|account| needs.get(account) == Some(&note.cause));
            if !left.accounts.is_empty() {
                taken.insert(left.number);
                self.notes.push(left);
            }
        }
        for (cause, accounts) in news {
            if let Some(note) = self.notes.iter_mut().find(|note| note.cause == *cause) {
                note.accounts.extend(accounts.iter().cloned());
                continue;
            }
            // An account that needs something else now has one notification all the same.
            let own = |note: &&Note| {
                !taken.contains(&note.number) && note.accounts.iter().all(|its| accounts.contains(its))
            };
            let number = before.iter().find(own).map_or(self.last + 1, |note| note.number);
            self.last = self.last.max(number);
            taken.insert(number);
            self.notes.push(Note {
                number,
                cause: cause.clone(),
                accounts: accounts.clone(),
            });
        }
        let gone = before.iter().filter(|note| !taken.contains(&note.number));
        let mut steps: Vec<Step> = gone.map(|note| Step::Withdraw(note.number)).collect();
        let changed = self.notes.iter().filter(|note| !before.contains(note));
        steps.extend(changed.map(|note| Step::Show {
            note: note.clone(),
            news: news.contains_key(&note.cause),
        }));
        steps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Reading {
        Reading {
            wall: 1_800_000_000,
            up: 0,
            boot: Some("a".to_owned()),
        }
    }

    fn later(days: i64) -> Reading {
        Reading {
            up: days * 24 * 60 * 60,
            ..now()
        }
    }

    fn needs(all: &[(&str, &str)]) -> Needs {
        let owned = |(account, cause): &(&str, &str)| ((*account).to_owned(), (*cause).to_owned());
        all.iter().map(owned).collect()
    }

    fn show(number: u32, cause: &str, accounts: &[&str], news: bool) -> Step {
        let note = Note {
            number,
            cause: cause.to_owned(),
            accounts: accounts.iter().map(|account| (*account).to_owned()).collect(),
        };
        Step::Show { note, news }
    }

    #[test]
    fn what_was_so_before_is_no_news() {
        let (mut bulletin, mut told) = (Bulletin::default(), Told::default());
        let ill = needs(&[("alice", "ended")]);
        assert_eq!(bulletin.know(ill.clone()), []);
        assert_eq!(bulletin.look(ill, &mut told, &now()), []);
    }

    #[test]
    fn an_account_that_stops_is_told_and_taken_back_when_it_is_mended() {
        let (mut bulletin, mut told) = (Bulletin::default(), Told::default());
        let ill = needs(&[("alice", "ended")]);
        let told_of = [show(1, "ended", &["alice"], true)];
        assert_eq!(bulletin.look(ill.clone(), &mut told, &now()), told_of);
        assert_eq!(bulletin.look(ill.clone(), &mut told, &now()), []);
        assert_eq!(bulletin.leads_to(1), Some("alice"));
        assert_eq!(bulletin.look(needs(&[]), &mut told, &now()), [Step::Withdraw(1)]);
        assert_eq!(bulletin.leads_to(1), None);
        assert_eq!(
            bulletin.look(ill.clone(), &mut told, &now()),
            [],
            "the same on the same day"
        );
        bulletin.look(needs(&[]), &mut told, &now());
        let again = [show(2, "ended", &["alice"], true)];
        assert_eq!(bulletin.look(ill, &mut told, &later(1)), again);
    }

    #[test]
    fn those_that_stop_of_the_same_share_one() {
        let (mut bulletin, mut told) = (Bulletin::default(), Told::default());
        let two = needs(&[("alice", "client"), ("bob", "client"), ("carol", "ended")]);
        let shown = [
            show(1, "client", &["alice", "bob"], true),
            show(2, "ended", &["carol"], true),
        ];
        assert_eq!(bulletin.look(two, &mut told, &now()), shown);
        let more = needs(&[
            ("alice", "client"),
            ("bob", "client"),
            ("carol", "ended"),
            ("dora", "client"),
        ]);
        let joined = [show(1, "client", &["alice", "bob", "dora"], true)];
        assert_eq!(bulletin.look(more, &mut told, &now()), joined);
        let fewer = needs(&[("bob", "client"), ("carol", "ended"), ("dora", "client")]);
        let corrected = [show(1, "client", &["bob", "dora"], false)];
        assert_eq!(bulletin.look(fewer, &mut told, &now()), corrected);
        assert_eq!(
            bulletin.leads_to(1),
            Some("bob"),
            "what is mended is led to no more"
        );
    }

    #[test]
    fn another_cause_takes_the_place_of_the_one_before() {
        let (mut bulletin, mut told) = (Bulletin::default(), Told::default());
        bulletin.look(needs(&[("alice", "ended")]), &mut told, &now());
        let replaced = [show(1, "client", &["alice"], true)];
        assert_eq!(
            bulletin.look(needs(&[("alice", "client")]), &mut told, &now()),
            replaced
        );
        let back = bulletin.look(needs(&[("alice", "ended")]), &mut told, &now());
        assert_eq!(
            back,
            [Step::Withdraw(1)],
            "told today, and what stood there is not so any more"
        );
    }

    #[test]
    fn nobody_s_notification_is_taken_for_another_account() {
        let (mut bulletin, mut told) = (Bulletin::default(), Told::default());
        bulletin.look(needs(&[("alice", "ended")]), &mut told, &now());
        let steps = bulletin.look(needs(&[("bob", "client")]), &mut told, &now());
        assert_eq!(steps, [Step::Withdraw(1), show(2, "client", &["bob"], true)]);
    }
}
