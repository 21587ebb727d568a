//! Walks every sequence of inputs up to a length and holds the promises at each step.

use std::collections::HashSet;

use super::{Account, Effect, Epoch, Freshness, Input, Reach, Standing, State, Ticket};
use crate::{AccessToken, Code, Fault, Lease, ScopeSet, Timestamp, time::Seconds};

const LENGTH: usize = 5;
const CANARY: &str = "ya29.canary";
const NOW: Timestamp = Timestamp(1_000);

/// Inputs by shape; the epoch is filled in at the moment of use: the current one or the one before.
#[derive(Clone, Copy, Debug)]
enum Move {
    Resume,
    WantKept,
    WantNew,
    Refreshed(Age),
    Busy(Age),
    Dead(Age),
    Rapt(Age),
    Reconnected,
    Disconnect(Reach),
    Revoked(Age),
    RevokeFailed(Age),
    Forgotten(Age),
    ForgetFailed(Age),
    PauseOver(Age),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Age {
    Current,
    Late,
}

const MOVES: [Move; 18] = [
    Move::Resume,
    Move::WantKept,
    Move::WantNew,
    Move::Refreshed(Age::Current),
    Move::Refreshed(Age::Late),
    Move::Busy(Age::Current),
    Move::Dead(Age::Current),
    Move::Dead(Age::Late),
    Move::Rapt(Age::Current),
    Move::Reconnected,
    Move::Disconnect(Reach::Everywhere),
    Move::Disconnect(Reach::ThisComputer),
    Move::Revoked(Age::Current),
    Move::Revoked(Age::Late),
    Move::RevokeFailed(Age::Current),
    Move::Forgotten(Age::Current),
    Move::ForgetFailed(Age::Current),
    Move::PauseOver(Age::Current),
];

#[derive(Clone)]
struct Story {
    account: Account,
    asked: u64,
    answered: HashSet<Ticket>,
    in_flight: u32,
    disconnecting: bool,
}

impl Story {
    fn new(standing: Standing) -> Self {
        Self {
            account: Account::resumed(standing),
            asked: 0,
            answered: HashSet::new(),
            in_flight: 0,
            disconnecting: matches!(standing, Standing::Disconnecting(_)),
        }
    }

    fn epoch(&self, age: Age) -> Epoch {
        match age {
            Age::Current => self.account.epoch,
            Age::Late => Epoch(self.account.epoch.0.wrapping_sub(1)),
        }
    }

    fn input(&mut self, step: Move) -> Input {
        let lease = Lease {
            token: AccessToken::new(CANARY),
            expires_at: NOW + Seconds(3_599),
            scopes: ScopeSet::default(),
        };
        let busy: Fault = Code::ProviderBusy.into();
        match step {
            Move::Resume => Input::Resumed,
            Move::WantKept => self.want(Freshness::AtLeast(Seconds(60))),
            Move::WantNew => self.want(Freshness::New),
            Move::Refreshed(age) => Input::Refreshed {
                epoch: self.epoch(age),
                lease,
            },
            Move::Busy(age) => self.failed(age, Code::ProviderBusy),
            Move::Dead(age) => self.failed(age, Code::GrantEnded),
            Move::Rapt(age) => self.failed(age, Code::SignInExpired),
            Move::Reconnected => Input::Reconnected { lease },
            Move::Disconnect(reach) => Input::DisconnectAsked { reach },
            Move::Revoked(age) => Input::Revoked {
                epoch: self.epoch(age),
            },
            Move::RevokeFailed(age) => Input::RevokeFailed {
                epoch: self.epoch(age),
                fault: busy,
            },
            Move::Forgotten(age) => Input::Forgotten {
                epoch: self.epoch(age),
            },
            Move::ForgetFailed(age) => Input::ForgetFailed {
                epoch: self.epoch(age),
                fault: busy,
            },
            Move::PauseOver(age) => Input::PauseOver {
                epoch: self.epoch(age),
            },
        }
    }

    fn want(&mut self, freshness: Freshness) -> Input {
        self.asked += 1;
        let ticket = Ticket(self.asked);
        Input::Wanted { ticket, freshness }
    }

    fn failed(&self, age: Age, code: Code) -> Input {
        Input::RefreshFailed {
            epoch: self.epoch(age),
            fault: code.into(),
        }
    }

    fn take(&mut self, step: Move, path: &[Move]) {
        let before = self.account.clone();
        let input = self.input(step);
        let late = matches!(
            step,
            Move::Refreshed(Age::Late) | Move::Dead(Age::Late) | Move::Revoked(Age::Late)
        );
        let answers_refresh = matches!(before.state, State::Refreshing { .. })
            && matches!(step, Move::Refreshed(Age::Current) | Move::Busy(Age::Current))
            || matches!(step, Move::Dead(Age::Current) | Move::Rapt(Age::Current));
        let effects = self.account.step(input, NOW);

        if late {
            assert_eq!(before, self.account, "a late answer landed: {path:?}");
            assert!(effects.is_empty(), "a late answer had effects: {path:?}");
        }
        if answers_refresh {
            self.in_flight = 0;
        }
        match step {
            Move::Disconnect(_) if before.state != State::Gone => self.disconnecting = true,
            Move::Reconnected if before.state != State::Gone => {
                self.disconnecting = false;
                self.in_flight = 0;
            }
            _ => {}
        }
        for effect in &effects {
            self.judge(effect, path);
        }
        let printed = format!("{:?} {effects:?}", self.account);
        assert!(!printed.contains(CANARY), "a secret was printed: {path:?}");
        self.everyone_is_owed_one_answer(path);
    }

    fn judge(&mut self, effect: &Effect, path: &[Move]) {
        match effect {
            Effect::Answer(ticket, answer) => {
                assert!(self.answered.insert(*ticket), "answered twice: {path:?}");
                assert!(
                    answer.is_err() || !self.disconnecting,
                    "a lease was handed out after a disconnect began: {path:?}"
                );
            }
            Effect::Refresh(_) => {
                self.in_flight += 1;
                assert_eq!(self.in_flight, 1, "two refreshes in flight: {path:?}");
            }
            Effect::Forget(_) => {
                assert!(self.disconnecting, "deleted without being asked: {path:?}");
            }
            _ => {}
        }
    }

    /// Each caller was answered, or is still on the waiting list: never neither, never both.
    fn everyone_is_owed_one_answer(&self, path: &[Move]) {
        let waiting: Vec<Ticket> = match &self.account.state {
            State::Refreshing { waiting, .. } => waiting.clone(),
            _ => vec![],
        };
        let owed = usize::try_from(self.asked).expect("few callers");
        assert_eq!(
            self.answered.len() + waiting.len(),
            owed,
            "a caller was forgotten: {path:?}"
        );
        assert!(
            waiting.iter().all(|ticket| !self.answered.contains(ticket)),
            "a caller still waits for what it already got: {path:?}"
        );
    }
}

fn walk(story: &Story, path: &mut Vec<Move>, walked: &mut u64) {
    if path.len() == LENGTH {
        *walked += 1;
        return;
    }
    for step in MOVES {
        path.push(step);
        let mut next = story.clone();
        next.take(step, path);
        walk(&next, path, walked);
        path.pop();
    }
}

#[test]
fn every_story_of_bounded_length_keeps_the_promises() {
    let mut walked = 0;
    for standing in [
        Standing::Connected,
        Standing::NeedsReconnect(Code::GrantEnded),
        Standing::Disconnecting(Reach::Everywhere),
    ] {
        walk(&Story::new(standing), &mut Vec::new(), &mut walked);
    }
    let expected = 3 * (MOVES.len() as u64).pow(u32::try_from(LENGTH).expect("short"));
    assert_eq!(walked, expected, "some stories were not walked");
}
