//! The rules of an account's life, as one `match`. Pure: the same input gives the same effects.

use super::{Account, Effect, Epoch, Freshness, Input, Reach, Rest, State, Ticket, stopped_standing};
use crate::{Code, Fault, Lease, Timestamp};

impl Account {
    /// Takes one input and answers what must be done. Answers to earlier attempts change nothing.
    pub fn step(&mut self, input: Input, now: Timestamp) -> Vec<Effect> {
        let state = std::mem::replace(&mut self.state, State::Gone);
        let (state, effects) = self.next(state, input, now);
        self.state = state;
        effects
    }

    fn next(&mut self, state: State, input: Input, now: Timestamp) -> (State, Vec<Effect>) {
        use Input as I;
        use State as S;
        match (state, input) {
            // Going on after a start
            (S::Revoking { .. }, I::Resumed) => self.revoke(vec![]),
            (S::Forgetting { reach, .. }, I::Resumed) => self.forget(reach, vec![]),

            // Somebody wants a lease
            (S::Connected { lease, trouble }, I::Wanted { ticket, freshness }) => {
                match kept(lease.as_ref(), freshness, now) {
                    Some(good) => {
                        let answer = vec![Effect::Answer(ticket, Ok(good))];
                        (S::Connected { lease, trouble }, answer)
                    }
                    None => self.refresh(ticket, lease, Rest::Connected),
                }
            }
            // A stopped account is asked again only when somebody insists on a new lease.
            (S::Stopped { because }, I::Wanted { ticket, freshness }) => match freshness {
                Freshness::New => self.refresh(ticket, None, Rest::Stopped(because)),
                Freshness::AtLeast(_) => {
                    let answer = vec![Effect::Answer(ticket, Err(because.clone()))];
                    (S::Stopped { because }, answer)
                }
            },
            (
                S::Refreshing {
                    mut waiting,
                    lease,
                    rest,
                },
                I::Wanted { ticket, .. },
            ) => {
                waiting.push(ticket);
                (S::Refreshing { waiting, lease, rest }, vec![])
            }
            (state @ (S::Revoking { .. } | S::Forgetting { .. }), I::Wanted { ticket, .. }) => {
                (state, refuse(vec![ticket], Code::Disconnecting))
            }
            (S::Gone, I::Wanted { ticket, .. }) => (S::Gone, refuse(vec![ticket], Code::AccountUnknown)),

            // The refresh answers
            (S::Refreshing { waiting, rest, .. }, I::Refreshed { epoch, lease }) if epoch == self.epoch => {
                let mut effects = vec![];
                if let Rest::Stopped(_) = rest {
                    effects.push(Effect::Record(super::Standing::Connected));
                }
                effects.extend(answer_all(waiting, &Ok(lease.clone())));
                effects.push(Effect::Announce);
                (connected(lease), effects)
            }
            (S::Refreshing { waiting, lease, rest }, I::RefreshFailed { epoch, fault })
                if epoch == self.epoch =>
            {
                failed_refresh(waiting, lease, rest, fault)
            }

            // A new consent was stored: whoever waits is served, and whatever ran is out of date
            (state, I::Reconnected { lease }) if !matches!(state, S::Gone) => {
                self.epoch = self.epoch.next();
                let mut effects = vec![Effect::Record(super::Standing::Connected)];
                effects.extend(answer_all(waiting_in(state), &Ok(lease.clone())));
                effects.push(Effect::Announce);
                (connected(lease), effects)
            }

            // A person disconnects: from here on nobody gets a lease
            (state, I::DisconnectAsked { reach }) if !matches!(state, S::Gone) => {
                let refused = refuse(waiting_in(state), Code::Disconnecting);
                match reach {
                    Reach::Everywhere => self.revoke(refused),
                    Reach::ThisComputer => self.forget(reach, refused),
                }
            }
            (S::Revoking { .. }, I::Revoked { epoch }) if epoch == self.epoch => {
                self.forget(Reach::Everywhere, vec![])
            }
            // No refresh token is left to revoke with: it can only be removed here.
            (S::Revoking { .. }, I::RevokeFailed { epoch, fault })
                if epoch == self.epoch && fault.code == Code::VaultItemMissing =>
            {
                self.forget(Reach::ThisComputer, vec![])
            }
            (S::Revoking { .. }, I::RevokeFailed { epoch, fault }) if epoch == self.epoch => {
                let trouble = Some(fault);
                (S::Revoking { trouble }, pause(epoch))
            }
            (S::Revoking { .. }, I::PauseOver { epoch }) if epoch == self.epoch => self.revoke(vec![]),
            (S::Forgetting { .. }, I::Forgotten { epoch }) if epoch == self.epoch => {
                (S::Gone, vec![Effect::Announce])
            }
            (S::Forgetting { reach, .. }, I::ForgetFailed { epoch, fault }) if epoch == self.epoch => {
                let trouble = Some(fault);
                (S::Forgetting { reach, trouble }, pause(epoch))
            }
            (S::Forgetting { reach, .. }, I::PauseOver { epoch }) if epoch == self.epoch => {
                self.forget(reach, vec![])
            }

            // Late answers and what does not concern this state
            (state, _) => (state, vec![]),
        }
    }

    fn begin(&mut self) -> Epoch {
        self.epoch = self.epoch.next();
        self.epoch
    }

    fn refresh(&mut self, first: Ticket, lease: Option<Lease>, rest: Rest) -> (State, Vec<Effect>) {
        let epoch = self.begin();
        let state = State::Refreshing {
            waiting: vec![first],
            lease,
            rest,
        };
        (state, vec![Effect::Refresh(epoch), Effect::Announce])
    }

    fn revoke(&mut self, mut effects: Vec<Effect>) -> (State, Vec<Effect>) {
        let epoch = self.begin();
        effects.push(Effect::Record(super::Standing::Disconnecting(Reach::Everywhere)));
        effects.extend([Effect::Announce, Effect::Revoke(epoch)]);
        (State::Revoking { trouble: None }, effects)
    }

    fn forget(&mut self, reach: Reach, mut effects: Vec<Effect>) -> (State, Vec<Effect>) {
        let epoch = self.begin();
        effects.push(Effect::Record(super::Standing::Disconnecting(reach)));
        effects.extend([Effect::Announce, Effect::Forget(epoch)]);
        let trouble = None;
        (State::Forgetting { reach, trouble }, effects)
    }
}

fn connected(lease: Lease) -> State {
    State::Connected {
        lease: Some(lease),
        trouble: None,
    }
}

/// The kept lease, if it is good enough.
fn kept(lease: Option<&Lease>, freshness: Freshness, now: Timestamp) -> Option<Lease> {
    match freshness {
        Freshness::AtLeast(span) => lease.filter(|lease| lease.serves(now, span)).cloned(),
        Freshness::New => None,
    }
}

/// Where a failed refresh leads: a dead grant stops the account, anything else leaves it trusted.
fn failed_refresh(
    waiting: Vec<Ticket>,
    lease: Option<Lease>,
    rest: Rest,
    fault: Fault,
) -> (State, Vec<Effect>) {
    let answers = answer_all(waiting, &Err(fault.clone()));
    let stops = fault.code.ends_grant() || fault.code == Code::SignInExpired;
    let (state, mut effects) = match rest {
        _ if stops => {
            let recorded = vec![Effect::Record(stopped_standing(fault.code))];
            (State::Stopped { because: fault }, recorded)
        }
        Rest::Stopped(because) => (State::Stopped { because }, vec![]),
        Rest::Connected => {
            let trouble = Some(fault);
            (State::Connected { lease, trouble }, vec![])
        }
    };
    effects.extend(answers);
    effects.push(Effect::Announce);
    (state, effects)
}

fn pause(epoch: Epoch) -> Vec<Effect> {
    vec![Effect::Announce, Effect::Pause(epoch)]
}

fn waiting_in(state: State) -> Vec<Ticket> {
    match state {
        State::Refreshing { waiting, .. } => waiting,
        _ => vec![],
    }
}

fn refuse(waiting: Vec<Ticket>, code: Code) -> Vec<Effect> {
    answer_all(waiting, &Err(code.into()))
}

fn answer_all(waiting: Vec<Ticket>, answer: &Result<Lease, Fault>) -> Vec<Effect> {
    waiting
        .into_iter()
        .map(|ticket| Effect::Answer(ticket, answer.clone()))
        .collect()
}
