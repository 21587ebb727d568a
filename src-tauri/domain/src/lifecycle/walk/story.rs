//! One sequence of inputs as it is walked, and the promises it is held to.

use super::{Age, Asked, Move};
use crate::lifecycle::{
    Account, Effect, Epoch, Freshness, Input, Refresh, Standing, State, Ticket, Trouble, Want,
};
use crate::{
    AccessToken, Code, Fault, Lease, Moment, ScopeSet, Timestamp,
    time::{Seconds, Uptime},
};

const CANARY: &str = "ya29.canary";
const NOW: Moment = Moment {
    wall: Timestamp(1_000),
    up: Uptime(1_000),
};
/// What is printed depends on types, which shorter stories have all of; printing takes most of the time.
const LONGEST_PRINTED: usize = 4;

#[derive(Clone)]
pub struct Story {
    account: Account,
    /// What each caller asked for; a ticket is its place.
    asked: Vec<Asked>,
    /// Callers already answered, one bit each.
    answered: u32,
    /// The scopes that are being refreshed, as the effects said.
    in_flight: Option<ScopeSet>,
    disconnecting: bool,
    now: Moment,
}

impl Story {
    pub fn new(standing: Standing) -> Self {
        Self {
            account: Account::resumed(standing),
            asked: vec![],
            answered: 0,
            in_flight: None,
            disconnecting: matches!(standing, Standing::Disconnecting(_)),
            now: NOW,
        }
    }

    fn epoch(&self, age: Age) -> Epoch {
        match age {
            Age::Current => self.account.epoch,
            Age::Late => Epoch(self.account.epoch.0.wrapping_sub(1)),
        }
    }

    /// A lease whose token says what it was asked for.
    fn lease(asked: &ScopeSet) -> Lease {
        Lease {
            token: token(asked),
            ends: NOW + Seconds(3_599),
            scopes: if asked.is_empty() {
                ScopeSet::parse("mail drive")
            } else {
                asked.clone()
            },
        }
    }

    fn input(&mut self, step: Move) -> Input {
        let busy: Fault = Code::ProviderBusy.into();
        match step {
            Move::Resume => Input::Resumed,
            Move::WantKept(asked) => self.want(asked, Freshness::AtLeast(Seconds(60))),
            Move::WantNew(asked) => self.want(asked, Freshness::New),
            Move::Refreshed(age) => Input::Refreshed {
                epoch: self.epoch(age),
                lease: Self::lease(self.in_flight.as_ref().unwrap_or(&ScopeSet::default())),
            },
            Move::Busy(age) => self.failed(age, Code::ProviderBusy),
            Move::Refused(age) => self.failed(age, Code::RequestRefused),
            Move::Dead(age) => self.failed(age, Code::GrantEnded),
            Move::Rapt(age) => self.failed(age, Code::SignInExpired),
            Move::Reconnected => Input::Reconnected {
                lease: Self::lease(&ScopeSet::default()),
            },
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
            Move::Hope => Input::Hoped,
            // Nothing happens to the account itself.
            Move::TimePasses => Input::PauseOver {
                epoch: self.epoch(Age::Late),
            },
        }
    }

    fn want(&mut self, asked: Asked, freshness: Freshness) -> Input {
        let ticket = Ticket(self.asked.len() as u64);
        self.asked.push(asked);
        Input::Wanted(Want {
            ticket,
            freshness,
            scopes: asked.scopes(),
        })
    }

    fn failed(&self, age: Age, code: Code) -> Input {
        Input::RefreshFailed {
            epoch: self.epoch(age),
            fault: code.into(),
        }
    }

    pub fn take(&mut self, step: Move, path: &[Move]) {
        let before = self.account.clone();
        let input = self.input(step);
        if let Move::TimePasses = step {
            self.now = self.now + Trouble::LONGEST_PAUSE;
        }
        let effects = self.account.step(input, self.now);
        self.expect_nothing_of_what_is_late(step, &before, &effects, path);
        self.follow(step, &before);
        for effect in &effects {
            self.judge(step, effect, path);
        }
        if self.disconnecting {
            let kept = self.account.leases();
            assert_eq!(kept, None, "a lease was kept after a disconnect began: {path:?}");
        }
        if path.len() <= LONGEST_PRINTED {
            let printed = format!("{:?} {effects:?}", self.account);
            assert!(!printed.contains(CANARY), "a secret was printed: {path:?}");
        }
        self.expect_one_answer_for_everyone(path);
    }

    fn expect_nothing_of_what_is_late(
        &self,
        step: Move,
        before: &Account,
        effects: &[Effect],
        path: &[Move],
    ) {
        if matches!(
            step,
            Move::Refreshed(Age::Late) | Move::Dead(Age::Late) | Move::Revoked(Age::Late)
        ) {
            assert_eq!(*before, self.account, "a late answer landed: {path:?}");
            assert!(effects.is_empty(), "a late answer had effects: {path:?}");
        }
    }

    /// What the story knows of the world after an input, before its effects.
    fn follow(&mut self, step: Move, before: &Account) {
        match step {
            Move::Refreshed(Age::Current)
            | Move::Busy(Age::Current)
            | Move::Refused(Age::Current)
            | Move::Dead(Age::Current)
            | Move::Rapt(Age::Current) => self.in_flight = None,
            Move::Disconnect(_) if before.state != State::Gone => self.disconnecting = true,
            Move::Reconnected if before.state != State::Gone => {
                self.disconnecting = false;
                self.in_flight = None;
            }
            _ => {}
        }
    }

    fn judge(&mut self, step: Move, effect: &Effect, path: &[Move]) {
        match effect {
            Effect::Answer(ticket, answer) => {
                let place = usize::try_from(ticket.0).expect("few callers");
                assert_eq!(self.answered & (1 << place), 0, "answered twice: {path:?}");
                self.answered |= 1 << place;
                if let Ok(lease) = answer {
                    self.judge_lease(lease, self.asked[place], step, path);
                }
            }
            Effect::Refresh(_, scopes) => {
                let earlier = self.in_flight.replace(scopes.clone());
                assert_eq!(earlier, None, "two refreshes in flight: {path:?}");
            }
            Effect::Forget(..) => {
                assert!(self.disconnecting, "deleted without being asked: {path:?}");
            }
            _ => {}
        }
    }

    fn judge_lease(&self, lease: &Lease, asked: Asked, step: Move, path: &[Move]) {
        assert!(
            !self.disconnecting,
            "a lease was handed out after a disconnect began: {path:?}"
        );
        assert!(
            lease.token == token(&asked.scopes()),
            "a lease went to somebody who asked for other scopes: {path:?}"
        );
        assert!(
            !matches!(step, Move::WantNew(_)),
            "a kept lease was given out as new: {path:?}"
        );
    }

    /// Each caller was answered, or is still on the waiting list: never neither, never both. Whoever
    /// waits, waits for something.
    fn expect_one_answer_for_everyone(&self, path: &[Move]) {
        let mut owed = self.answered;
        if let State::Refreshing(Refresh { waiting, scopes, .. }) = &self.account.state {
            for want in waiting {
                let bit = 1 << want.ticket.0;
                assert_eq!(owed & bit, 0, "waits for what it already got: {path:?}");
                owed |= bit;
            }
            assert_eq!(
                self.in_flight.as_ref(),
                Some(scopes),
                "nothing is in flight: {path:?}"
            );
            assert!(
                waiting.iter().any(|want| want.scopes == *scopes),
                "refreshed for nobody: {path:?}"
            );
        }
        let everyone = (1 << self.asked.len()) - 1;
        assert_eq!(owed, everyone, "a caller was forgotten: {path:?}");
    }
}

fn token(asked: &ScopeSet) -> AccessToken {
    AccessToken::new(format!("{CANARY}-{}", asked.joined()))
}
