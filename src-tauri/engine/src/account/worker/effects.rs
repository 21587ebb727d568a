//! What a worker does when the rules ask for it.

use std::time::Duration;

use evergrant_domain::lifecycle::{Effect, Input, Leases, Reach, Standing};

use super::Worker;
use crate::account::tasks::{Subject, Watched};
use crate::event::{Activity, Event, Status};
use crate::ports::Happening;

/// Pauses between tries to revoke or delete: doubled each time, up to the longest.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

impl Worker {
    /// Takes one input, lays out what may be handed out from here on, and only then acts: see `Shelf`.
    pub(super) async fn step(&mut self, input: Input) {
        let now = self.subject.world.clock.moment();
        let effects = self.account.step(input, now);
        self.shelf.lay_out(self.account.leases());
        for effect in effects {
            // Both come behind their record; what a restart would not know of is not begun.
            match (effect, self.unrecorded.clone()) {
                (Effect::Revoke(epoch), Some(fault)) => {
                    self.postponed(&fault);
                    return Box::pin(self.step(Input::RevokeFailed { epoch, fault })).await;
                }
                (Effect::Forget(epoch, _), Some(fault)) => {
                    self.postponed(&fault);
                    return Box::pin(self.step(Input::ForgetFailed { epoch, fault })).await;
                }
                (effect, _) => self.perform(effect).await,
            }
        }
    }

    pub(super) async fn perform(&mut self, effect: Effect) {
        let subject = self.subject.clone();
        match effect {
            Effect::Refresh(epoch, scopes) => {
                self.refreshes += 1;
                self.tasks
                    .spawn(subject.refresh(epoch, scopes, self.unsaved.clone()));
            }
            // A refresh in flight may bring the token that has to be revoked.
            Effect::Revoke(epoch) if self.refreshes > 0 => self.revoke_after = Some(epoch),
            Effect::Revoke(epoch) => {
                let revoked = subject.revoke(epoch, self.unsaved.clone(), self.watched());
                let revoking = self.tasks.spawn(revoked);
                self.revoking = Some(revoking);
            }
            Effect::Forget(epoch, reach) => {
                self.tasks.spawn(subject.forget(epoch, reach, self.watched()));
            }
            Effect::Pause(epoch) => {
                let length = FIRST_PAUSE * 2_u32.saturating_pow(self.pauses.min(6));
                self.pauses += 1;
                self.tasks.spawn(Subject::pause(epoch, length.min(LONGEST_PAUSE)));
            }
            Effect::Answer(ticket, answer) => {
                if let Some(caller) = self.callers.remove(&ticket) {
                    // A caller who went away needs no answer.
                    let _ = caller.send(answer);
                }
            }
            Effect::Record(standing) => {
                self.row.standing = standing;
                let stopped = matches!(standing, Standing::NeedsReconnect(_) | Standing::NeedsSignIn);
                let now = || self.subject.world.clock.now();
                self.row.stopped_at = stopped.then(|| self.row.stopped_at.unwrap_or_else(now));
                self.save_row().await;
            }
            Effect::Announce => self.announce(),
        }
    }

    /// A disconnect is watched until its first try is over.
    fn watched(&self) -> Watched {
        match self.busy {
            Some(Activity::Disconnecting) => Watched::ByAPerson,
            _ => Watched::ByNobody,
        }
    }

    /// A ledger that cannot be written is told to the person; the grant itself is safe in the vault.
    pub(super) async fn save_row(&mut self) {
        self.unrecorded = self.subject.world.ledger.save(&self.row).await.err();
        if let Some(fault) = &self.unrecorded {
            let _ = self.events.send(Event::Trouble(fault.clone()));
        }
    }

    /// A history that is late or lost is no loss.
    pub(super) async fn note(&self, what: Happening) {
        let world = &self.subject.world;
        if let Err(fault) = world.history.note(&self.row.id, world.clock.now(), &what).await {
            let code = fault.code.as_str();
            tracing::debug!(code, "a line of the history was not kept");
        }
    }

    pub(super) fn fetch_picture(&mut self) {
        let address = self.row.person.picture.clone();
        if let Some(address) = address.filter(|_| !self.subject.world.pictures.has(&self.row.id)) {
            self.tasks.spawn(self.subject.clone().picture(address));
        }
    }

    pub(super) fn announce(&mut self) {
        let Some(standing) = self.account.standing() else {
            let everywhere = self.row.standing == Standing::Disconnecting(Reach::Everywhere);
            let _ = self.events.send(Event::Gone {
                id: self.row.id.clone(),
                label: self.row.person.label().to_owned(),
                everywhere,
            });
            return;
        };
        let status = Status {
            row: self.row.clone(),
            standing,
            trouble: self.account.trouble().cloned(),
            fresh_until: self.account.leases().and_then(Leases::fresh_until),
            passing: self.account.passing_trouble().cloned(),
            busy: self.busy,
            outcome: self.outcome.clone(),
            has_picture: self.subject.world.pictures.has(&self.row.id),
        };
        self.status.send_replace(status.clone());
        let _ = self.events.send(Event::Account(Box::new(status)));
    }
}
