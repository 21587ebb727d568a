//! The rules of an account's life, as one `match`. Pure: the same input gives the same effects.

use super::{
    Account, Effect, Epoch, Freshness, Input, Leases, Reach, Rest, Standing, State, Trouble, Want,
    refreshing::{answer_all, meanwhile, waiting_in},
};
use crate::{Code, Moment};

impl Account {
    /// Takes one input and answers what must be done. Answers to earlier attempts change nothing.
    pub fn step(&mut self, input: Input, now: Moment) -> Vec<Effect> {
        let state = std::mem::replace(&mut self.state, State::Gone);
        let (state, effects) = self.next(state, input, now);
        self.state = state;
        effects
    }

    fn next(&mut self, state: State, input: Input, now: Moment) -> (State, Vec<Effect>) {
        use Input as I;
        use State as S;
        match (state, input) {
            // Going on after a start, or because what failed may work by now
            (S::Revoking { .. }, I::Resumed) | (S::Revoking { trouble: Some(_) }, I::Hoped) => {
                self.revoke(vec![])
            }
            (S::Forgetting { reach, .. }, I::Resumed)
            | (
                S::Forgetting {
                    reach,
                    trouble: Some(_),
                },
                I::Hoped,
            ) => self.forget(reach, vec![]),

            // Somebody wants a lease
            (S::Connected { leases, trouble }, I::Wanted(want)) => match want.kept(&leases, now) {
                Some(good) => (S::Connected { leases, trouble }, vec![want.answer(Ok(good))]),
                None => self.wanted(want, leases, trouble, now),
            },
            (S::Connected { leases, trouble }, I::Hoped) => {
                let trouble = trouble.map(|trouble| trouble.hopeful(now));
                (S::Connected { leases, trouble }, vec![Effect::Announce])
            }
            // A stopped account is asked again only when somebody insists on a new lease.
            (S::Stopped { because }, I::Wanted(want)) if want.freshness == Freshness::New => {
                self.refresh(want, Leases::default(), Rest::Stopped(because))
            }
            (S::Stopped { because }, I::Wanted(want)) => {
                let answer = vec![want.answer(Err(because.clone()))];
                (S::Stopped { because }, answer)
            }
            // Whom a kept lease serves need not wait for the refresh in flight.
            (S::Refreshing(refresh), I::Wanted(want)) => refresh.joined_by(want, now),
            (state @ (S::Revoking { .. } | S::Forgetting { .. }), I::Wanted(want)) => {
                (state, vec![want.answer(Err(Code::Disconnecting.into()))])
            }
            (S::Gone, I::Wanted(want)) => (S::Gone, vec![want.answer(Err(Code::AccountUnknown.into()))]),

            // The refresh answers; whoever is left waiting has the next one begin at once
            (S::Refreshing(refresh), I::Refreshed { epoch, lease }) if epoch == self.epoch => {
                self.refreshed(refresh, lease, now)
            }
            (S::Refreshing(refresh), I::RefreshFailed { epoch, fault }) if epoch == self.epoch => {
                self.refresh_failed(refresh, &fault, now)
            }

            // A new consent was stored: whoever waits for all of it is served, and whatever was kept of
            // the old one, or ran, is out of date
            (state, I::Reconnected { lease }) if !matches!(state, S::Gone) => {
                self.reconnected(waiting_in(state), lease, now)
            }

            // A person disconnects: from here on nobody gets a lease
            (state, I::DisconnectAsked { reach }) if !matches!(state, S::Gone) => {
                let refused = answer_all(waiting_in(state), &Err(Code::Disconnecting.into()));
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

    /// No kept lease will do. A person's own press is always tried; programs wait out the pause.
    fn wanted(
        &mut self,
        want: Want,
        leases: Leases,
        trouble: Option<Trouble>,
        now: Moment,
    ) -> (State, Vec<Effect>) {
        let waits = trouble.as_ref().and_then(|trouble| trouble.unless_over(now));
        match waits {
            Some(fault) if want.freshness != Freshness::New => {
                let answer = meanwhile(&want, &leases, fault, now);
                (State::Connected { leases, trouble }, vec![want.answer(answer)])
            }
            _ => self.refresh(want, leases, Rest::Connected(trouble)),
        }
    }

    pub(super) fn begin(&mut self) -> Epoch {
        self.epoch = self.epoch.next();
        self.epoch
    }

    fn revoke(&mut self, mut effects: Vec<Effect>) -> (State, Vec<Effect>) {
        let epoch = self.begin();
        effects.push(Effect::Record(Standing::Disconnecting(Reach::Everywhere)));
        effects.extend([Effect::Announce, Effect::Revoke(epoch)]);
        (State::Revoking { trouble: None }, effects)
    }

    fn forget(&mut self, reach: Reach, mut effects: Vec<Effect>) -> (State, Vec<Effect>) {
        let epoch = self.begin();
        effects.push(Effect::Record(Standing::Disconnecting(reach)));
        effects.extend([Effect::Announce, Effect::Forget(epoch, reach)]);
        let trouble = None;
        (State::Forgetting { reach, trouble }, effects)
    }
}

fn pause(epoch: Epoch) -> Vec<Effect> {
    vec![Effect::Announce, Effect::Pause(epoch)]
}
