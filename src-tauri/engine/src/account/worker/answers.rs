//! What a worker makes of the answers of its tasks.

use std::sync::Arc;

use evergrant_domain::{
    Code, Fault, Lease, ScopeSet,
    lifecycle::{Effect, Epoch, Input, Standing},
};

use super::Worker;
use crate::account::granted::{Renewal, Unsaved};
use crate::account::tasks::Done;
use crate::event::{Activity, Outcome};
use crate::ports::Happening;
use crate::store::keep_token;

impl Worker {
    pub(super) async fn finish(&mut self, done: Result<Done, tokio::task::JoinError>) {
        let now = self.subject.world.clock.now();
        match done {
            Ok(Done::Refreshed(epoch, asked, result)) => self.refresh_over(epoch, &asked, result).await,
            Ok(Done::Revoked(epoch, _turn, Ok(()))) => self.step(Input::Revoked { epoch }).await,
            Ok(Done::Revoked(epoch, _turn, Err(fault))) => {
                self.postponed(&fault);
                self.step(Input::RevokeFailed { epoch, fault }).await;
            }
            Ok(Done::Forgotten(epoch, Ok(()))) => self.step(Input::Forgotten { epoch }).await,
            Ok(Done::Forgotten(epoch, Err(fault))) => {
                self.postponed(&fault);
                self.step(Input::ForgetFailed { epoch, fault }).await;
            }
            Ok(Done::PauseOver(epoch)) => self.step(Input::PauseOver { epoch }).await,
            Ok(Done::Examined(lines, person)) => {
                // The row of an account that is going stays as it is, or stays gone.
                if let Some(person) = person.filter(|_| !self.is_disconnecting()) {
                    self.row.person = person;
                    self.row.last_checked = Some(now);
                    self.save_row().await;
                    self.fetch_picture();
                }
                self.end(Activity::Testing, Outcome::Tested { at: now, lines });
            }
            Ok(Done::Freshened(result)) => {
                let outcome = match result {
                    Ok(lease) => Outcome::Refreshed {
                        at: now,
                        until: lease.expires_at(),
                    },
                    Err(fault) => Outcome::Failed {
                        at: now,
                        activity: Activity::Refreshing,
                        fault,
                    },
                };
                self.end(Activity::Refreshing, outcome);
            }
            Ok(Done::Pictured) => self.announce(),
            Err(called_off) if called_off.is_cancelled() => {}
            Err(lost) => tracing::error!(%lost, "a task of an account ended badly"),
        }
    }

    async fn refresh_over(&mut self, epoch: Epoch, asked: &ScopeSet, result: Result<Box<Renewal>, Fault>) {
        self.refreshes = self.refreshes.saturating_sub(1);
        match result {
            Ok(renewal) if epoch == self.account.epoch => match self.accept(asked, *renewal).await {
                Ok(lease) => {
                    self.step(Input::Refreshed { epoch, lease }).await;
                    self.note(Happening::Refreshed).await;
                }
                Err(fault) => self.refresh_failed(epoch, fault).await,
            },
            // The answer to an earlier attempt. A token that came with it is the one to revoke.
            Ok(late) => self.unsaved = self.rotated(epoch, &late).or(self.unsaved.take()),
            Err(fault) if epoch == self.account.epoch => {
                let fault = self.in_view_of_rotation(fault);
                self.refresh_failed(epoch, fault).await;
            }
            Err(_) => {}
        }
        if self.refreshes == 0
            && let Some(epoch) = self.revoke_after.take()
            && epoch == self.account.epoch
        {
            self.perform(Effect::Revoke(epoch)).await;
        }
    }

    async fn refresh_failed(&mut self, epoch: Epoch, fault: Fault) {
        let code = fault.code;
        self.step(Input::RefreshFailed { epoch, fault }).await;
        self.note(match self.account.standing() {
            Some(Standing::Connected) => Happening::Failed(code),
            _ => Happening::Stopped(code),
        })
        .await;
    }

    /// The rotated token of an answer that counts: to the refresh in flight, or to one that a disconnect
    /// overtook. After a reconnect there is a better one.
    pub(super) fn rotated(&self, epoch: Epoch, renewal: &Renewal) -> Option<Unsaved> {
        let counts = epoch == self.account.epoch || self.is_disconnecting();
        let token = renewal.refreshed.rotated.clone().filter(|_| counts)?;
        let client_id = renewal.client_id.clone();
        Some(Unsaved { token, client_id })
    }

    /// A dead grant of a provider that rotates, after an answer was lost: that answer held the new token.
    fn in_view_of_rotation(&mut self, fault: Fault) -> Fault {
        if self.row.rotates && fault.code.may_have_landed() {
            self.answer_lost = true;
        }
        let dead = matches!(fault.code, Code::GrantEnded | Code::GrantUnknown);
        if dead && self.answer_lost {
            let code = Code::RotationLost;
            return Fault { code, ..fault };
        }
        fault
    }

    /// A button's work is over. A disconnect that began meanwhile has the last word.
    fn end(&mut self, activity: Activity, outcome: Outcome) {
        if self.busy == Some(activity) {
            self.busy = None;
            self.outcome = Some(outcome);
            self.announce();
        }
    }

    pub(super) fn postponed(&mut self, fault: &Fault) {
        self.busy = None;
        self.outcome = Some(Outcome::Failed {
            at: self.subject.world.clock.now(),
            activity: Activity::Disconnecting,
            fault: fault.clone(),
        });
    }

    /// A rotated token is safe before anybody sees the lease that came with it.
    async fn accept(&mut self, asked: &ScopeSet, renewal: Renewal) -> Result<Lease, Fault> {
        let Renewal {
            mut refreshed,
            used,
            client_id,
            unsettled,
        } = renewal;
        self.answer_lost = false;
        // Where the ledger was a step behind the vault, it is so no longer.
        self.row.client_id.clone_from(&client_id);
        if let Some(token) = refreshed.rotated.clone() {
            self.row.rotates = true;
            self.unsaved = Some(Unsaved { token, client_id });
        }
        let world = Arc::clone(&self.subject.world);
        if let Some(newest) = self
            .unsaved
            .clone()
            .filter(|unsaved| unsaved.client_id == self.row.client_id)
        {
            keep_token(&*world.vault, &self.row, &newest.token, Some(&used)).await?;
            self.unsaved = None;
        } else if unsettled && let Err(fault) = keep_token(&*world.vault, &self.row, &used, None).await {
            // It works as it is kept; the next refresh tidies up.
            let code = fault.code.as_str();
            tracing::info!(code, "an earlier token is kept for longer");
        }
        // An answer that names no scopes says that they are those asked (RFC 6749 5.1).
        let narrowed = !asked.is_empty();
        if refreshed.lease.scopes.is_empty() {
            refreshed.lease.scopes = if narrowed { asked } else { &self.row.granted }.clone();
        }
        // Only a refresh of the whole grant shows what is granted.
        if !narrowed {
            self.row.granted = refreshed.lease.scopes.clone();
        }
        self.row.last_checked = Some(world.clock.now());
        self.row.last_used = self.shelf.last_use().or(self.row.last_used);
        if refreshed.ends_at.is_some() {
            self.row.grant_ends_at = refreshed.ends_at;
        }
        self.save_row().await;
        Ok(refreshed.lease)
    }
}
