//! What whoever watches is told of an attempt.

use evergrant_domain::{
    Fault,
    consent::attempt::{Attempt, State},
};

use super::driver::Driver;
use crate::event::{AttemptStatus, Event, Step};

impl Driver {
    pub(super) fn show(&self, attempt: &Attempt) {
        let (step, fault) = match &attempt.state {
            State::Waiting => (Step::Waiting, self.hindrance.clone()),
            State::Finishing => (Step::Finishing, None),
            State::Saving(_) => (Step::Saving, None),
            State::NotSaved(_, fault) => (Step::NotSaved, Some(fault.clone())),
            State::Failed(fault) => (Step::Failed, Some(fault.clone())),
            State::Connected | State::GivenUp => return,
        };
        self.announce(step, attempt.asked_again, fault);
    }

    pub(super) fn announce(&self, step: Step, asked_again: bool, fault: Option<Fault>) {
        let status = AttemptStatus {
            provider: self.errand.provider.spec.id.clone(),
            purpose: self.errand.purpose,
            client_id: self.client.as_ref().map(|client| client.id.clone()),
            label: self.errand.label(),
            step,
            asked_again,
            deadline: self.deadline,
            fault,
        };
        self.tell(Some(status));
    }

    pub(super) fn over(&self) {
        self.tell(None);
    }

    /// An attempt that a newer one replaced, and that nobody can reach, is not shown any more.
    fn tell(&self, status: Option<AttemptStatus>) {
        if !self.orders.is_closed() {
            let _ = self.shared.events.send(Event::Attempt(status));
        }
    }
}
