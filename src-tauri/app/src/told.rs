//! What the person was told, by account and cause: each at most once a day, whatever restarts and clocks do.

use std::collections::BTreeMap;

use evergrant_agent::clock::Reading;
use evergrant_agent::interface::{Reply, Request};
use serde::{Deserialize, Serialize};

use crate::desk::Desk;

/// The name under which it is remembered.
const SETTING: &str = "told";

const DAY: i64 = 24 * 60 * 60;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Told(BTreeMap<String, BTreeMap<String, Reading>>);

impl Told {
    /// What was told before this start. It may wait long for the ledger; what cannot be read is as good as nothing.
    pub async fn recall(desk: Desk) -> Self {
        let name = SETTING.to_owned();
        match desk.agent.ask(Request::Setting { name }).await {
            Ok(Reply::Setting(Some(text))) => serde_json::from_str(&text).unwrap_or_default(),
            _ => Self::default(),
        }
    }

    /// What to ask the agent to remember.
    pub fn keeping(&self) -> Request {
        Request::SetSetting {
            name: SETTING.to_owned(),
            // Maps of strings always can be written.
            value: serde_json::to_string(self).unwrap_or_default(),
        }
    }

    /// Whether a day is over since this was told, if it ever was.
    pub fn may_tell(&self, account: &str, cause: &str, now: &Reading) -> bool {
        let stamp = self.0.get(account).and_then(|causes| causes.get(cause));
        stamp.is_none_or(|stamp| is_over(stamp, now))
    }

    /// It is told now. What was told a day ago and more is forgotten.
    pub fn note(&mut self, account: &str, cause: &str, now: &Reading) {
        for causes in self.0.values_mut() {
            causes.retain(|_, stamp| !is_over(stamp, now));
        }
        self.0.retain(|_, causes| !causes.is_empty());
        let causes = self.0.entry(account.to_owned()).or_default();
        causes.insert(cause.to_owned(), now.clone());
    }
}

/// Whether a day passed since. As long as the computer runs, its uptime says so, which nobody can set. Over its restarts
/// there is only the clock on the wall; one that went back by a day or more tells as little as one that went on by it.
fn is_over(told: &Reading, now: &Reading) -> bool {
    if told.boot.is_some() && told.boot == now.boot {
        return now.up.saturating_sub(told.up) >= DAY;
    }
    now.wall.abs_diff(told.wall) >= DAY.unsigned_abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 60 * 60;
    const YEAR: i64 = 365 * DAY;

    fn at(wall: i64, up: i64, boot: Option<&str>) -> Reading {
        Reading {
            wall: 1_800_000_000 + wall,
            up,
            boot: boot.map(str::to_owned),
        }
    }

    fn told(now: &Reading) -> Told {
        let mut told = Told::default();
        told.note("alice", "grant_ended", now);
        told
    }

    /// As the next start of the program finds it.
    fn restarted(told: &Told) -> Told {
        match told.keeping() {
            Request::SetSetting { value, .. } => serde_json::from_str(&value).expect("readable"),
            other => panic!("{other:?} keeps nothing"),
        }
    }

    #[test]
    fn each_cause_of_an_account_is_told_once_a_day() {
        let first = at(0, 0, Some("a"));
        let told = restarted(&told(&first));
        for (account, cause, after, may) in [
            ("alice", "grant_ended", 0, false),
            ("alice", "grant_ended", DAY - 1, false),
            ("alice", "grant_ended", DAY, true),
            ("alice", "client_deleted", 0, true),
            ("bob", "grant_ended", 0, true),
        ] {
            let now = at(after, after, Some("a"));
            assert_eq!(
                told.may_tell(account, cause, &now),
                may,
                "{account} {cause} {after}"
            );
        }
    }

    #[test]
    fn a_clock_that_is_set_makes_no_day() {
        let told = told(&at(0, 0, Some("a")));
        for wall in [-YEAR, -HOUR, HOUR, YEAR] {
            assert!(
                !told.may_tell("alice", "grant_ended", &at(wall, HOUR, Some("a"))),
                "{wall}"
            );
            assert!(
                told.may_tell("alice", "grant_ended", &at(wall, DAY, Some("a"))),
                "{wall}"
            );
        }
    }

    #[test]
    fn over_a_start_of_the_computer_the_wall_decides() {
        for boots in [(Some("a"), Some("b")), (None, None)] {
            let told = told(&at(0, 5 * DAY, boots.0));
            for (wall, may) in [
                (HOUR, false),
                (-HOUR, false),
                (DAY, true),
                (-YEAR, true),
                (YEAR, true),
            ] {
                let now = at(wall, HOUR, boots.1);
                assert_eq!(
                    told.may_tell("alice", "grant_ended", &now),
                    may,
                    "{boots:?} {wall}"
                );
            }
        }
    }

    #[test]
    fn what_is_long_ago_is_forgotten() {
        let mut told = told(&at(0, 0, Some("a")));
        told.note("bob", "grant_ended", &at(2 * DAY, 2 * DAY, Some("a")));
        assert_eq!(told.0.keys().collect::<Vec<_>>(), ["bob"]);
    }
}
