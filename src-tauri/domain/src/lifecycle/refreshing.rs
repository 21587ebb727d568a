//! One refresh at a time, and who is answered by it.

use super::{
    Account, Effect, Freshness, Leases, Refresh, Rest, Standing, State, Trouble, Want, stopped_standing,
};
use crate::{Code, Fault, Lease, Moment, ScopeSet, time::Seconds};

type Next = (State, Vec<Effect>);

impl Want {
    /// The kept lease, if it is good enough.
    pub(super) fn kept(&self, leases: &Leases, now: Moment) -> Option<Lease> {
        match self.freshness {
            Freshness::AtLeast(span) => leases.serving(&self.scopes, now, span).cloned(),
            Freshness::New => None,
        }
    }

    /// The kept lease where nothing newer can be had now; who wants a new one gets none.
    fn kept_all_the_same(&self, leases: &Leases, now: Moment) -> Option<Lease> {
        match self.freshness {
            Freshness::AtLeast(span) => leases.still_valid(&self.scopes, now, span).cloned(),
            Freshness::New => None,
        }
    }

    pub(super) fn answer(self, answer: Result<Lease, Fault>) -> Effect {
        Effect::Answer(self.ticket, answer)
    }
}

/// What to tell a program while it is too early to ask the provider again.
pub(super) fn meanwhile(want: &Want, leases: &Leases, fault: Fault, now: Moment) -> Result<Lease, Fault> {
    want.kept_all_the_same(leases, now).ok_or(fault)
}

impl Refresh {
    /// Somebody is served at once, or waits with the others.
    pub(super) fn joined_by(mut self, want: Want, now: Moment) -> Next {
        let kept = want.kept(&self.leases, now);
        let mut effects = vec![];
        match kept {
            Some(good) => effects.push(want.answer(Ok(good))),
            None => self.waiting.push(want),
        }
        (State::Refreshing(self), effects)
    }
}

impl Account {
    pub(super) fn refresh(&mut self, first: Want, leases: Leases, rest: Rest) -> Next {
        self.go_on(vec![first], leases, rest, vec![])
    }

    pub(super) fn refreshed(&mut self, refresh: Refresh, lease: Lease, now: Moment) -> Next {
        let Refresh {
            scopes,
            waiting,
            mut leases,
            rest,
        } = refresh;
        let mut effects = vec![];
        if let Rest::Stopped(_) = rest {
            effects.push(Effect::Record(Standing::Connected));
        }
        let others = serve(waiting, &scopes, &lease, &mut effects);
        leases.keep(scopes, lease, now);
        self.go_on(others, leases, Rest::Connected(None), effects)
    }

    /// A dead grant stops the account, anything else leaves it as trusted as it was. Whoever waits hears
    /// it, for whatever scopes: nothing is tried in turn. Only where narrowing itself is refused, that
    /// concerns those who asked for it, and nobody else.
    pub(super) fn refresh_failed(&mut self, refresh: Refresh, fault: &Fault, now: Moment) -> Next {
        let Refresh {
            scopes,
            waiting,
            leases,
            rest,
        } = refresh;
        if fault.code == Code::RequestRefused && !scopes.is_empty() {
            let (refused, others) = waiting.into_iter().partition(|want| want.scopes == scopes);
            let answers = answer_all(refused, &Err(fault.clone()));
            return self.go_on(others, leases, rest, answers);
        }
        let stops = fault.code.ends_grant() || fault.code == Code::SignInExpired;
        let (rest, mut effects) = match rest {
            _ if stops => {
                let recorded = vec![Effect::Record(stopped_standing(fault.code))];
                (Rest::Stopped(fault.clone()), recorded)
            }
            Rest::Connected(earlier) => {
                let trouble = Trouble::after(earlier.as_ref(), fault.clone(), now);
                (Rest::Connected(Some(trouble)), vec![])
            }
            stopped @ Rest::Stopped(_) => (stopped, vec![]),
        };
        effects.extend(waiting.into_iter().map(|want| {
            // While the provider is away, what is still valid is handed out; a dead grant's is not.
            let answer = match &rest {
                Rest::Connected(_) => meanwhile(&want, &leases, fault.clone(), now),
                Rest::Stopped(_) => Err(fault.clone()),
            };
            want.answer(answer)
        }));
        self.go_on(vec![], leases, rest, effects)
    }

    pub(super) fn reconnected(&mut self, waiting: Vec<Want>, lease: Lease, now: Moment) -> Next {
        self.begin();
        let mut effects = vec![Effect::Record(Standing::Connected)];
        // A grant that could only be stored much later comes with a lease that has ended.
        let others = if lease.serves(now, Seconds(0)) {
            serve(waiting, &ScopeSet::default(), &lease, &mut effects)
        } else {
            waiting
        };
        let leases = Leases::of_whole_grant(lease);
        self.go_on(others, leases, Rest::Connected(None), effects)
    }

    /// With nothing in flight: on to the scopes that have been waited for longest, or to rest.
    fn go_on(&mut self, waiting: Vec<Want>, leases: Leases, rest: Rest, mut effects: Vec<Effect>) -> Next {
        let state = match (waiting.first(), rest) {
            (Some(first), rest) => {
                let scopes = first.scopes.clone();
                effects.push(Effect::Refresh(self.begin(), scopes.clone()));
                State::Refreshing(Refresh {
                    scopes,
                    waiting,
                    leases,
                    rest,
                })
            }
            (None, Rest::Connected(trouble)) => State::Connected { leases, trouble },
            (None, Rest::Stopped(because)) => State::Stopped { because },
        };
        effects.push(Effect::Announce);
        (state, effects)
    }
}

/// Answers those whom a lease is for that was asked for `asked`; the others wait on.
fn serve(waiting: Vec<Want>, asked: &ScopeSet, lease: &Lease, effects: &mut Vec<Effect>) -> Vec<Want> {
    let is_theirs = |want: &Want| {
        // Who named everything that is granted gets the lease of all too.
        want.scopes == *asked || asked.is_empty() && want.scopes == lease.scopes
    };
    let (served, others) = waiting.into_iter().partition(is_theirs);
    effects.extend(answer_all(served, &Ok(lease.clone())));
    others
}

pub(super) fn answer_all(waiting: Vec<Want>, answer: &Result<Lease, Fault>) -> Vec<Effect> {
    let answer = |want: Want| want.answer(answer.clone());
    waiting.into_iter().map(answer).collect()
}

pub(super) fn waiting_in(state: State) -> Vec<Want> {
    match state {
        State::Refreshing(refresh) => refresh.waiting,
        _ => vec![],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        AccessToken,
        lifecycle::{Input, Ticket},
    };

    fn reconnected_with_a_lease_of(span: Seconds) -> Vec<Effect> {
        let now = Moment::default() + Seconds(10_000);
        let mut account = Account::resumed(Standing::Connected);
        account.step(
            Input::Wanted(Want {
                ticket: Ticket(1),
                freshness: Freshness::New,
                scopes: ScopeSet::default(),
            }),
            now,
        );
        let lease = Lease {
            token: AccessToken::new("a"),
            ends: now + span,
            scopes: ScopeSet::default(),
        };
        account.step(Input::Reconnected { lease }, now)
    }

    #[test]
    fn a_new_consent_serves_whoever_waits_unless_its_lease_has_ended() {
        let served = |effects: &[Effect]| {
            let answer = |effect: &Effect| matches!(effect, Effect::Answer(Ticket(1), Ok(_)));
            effects.iter().any(answer)
        };
        let refreshes = |effects: &[Effect]| {
            let refresh = |effect: &Effect| matches!(effect, Effect::Refresh(..));
            effects.iter().any(refresh)
        };
        let good = reconnected_with_a_lease_of(Seconds(3_600));
        assert!(served(&good) && !refreshes(&good), "{good:?}");
        let over = reconnected_with_a_lease_of(Seconds(-5));
        assert!(!served(&over) && refreshes(&over), "{over:?}");
    }
}
