//! What a worker makes of the answers of its tasks.

use evergrant_domain::{Fault, ScopeSet, lifecycle::Input};

use super::Worker;
use crate::account::tasks::Done;
use crate::event::{Activity, Outcome};
use crate::ports::Refreshed;
use crate::store::keep_token;

impl Worker {
    pub(super) async fn finish(&mut self, done: Result<Done, tokio::task::JoinError>) {
        let now = self.subject.world.clock.now();
        match done {
            Ok(Done::Refreshed(epoch, asked, Ok(mut refreshed))) if epoch == self.account.epoch => {
                let input = match self.accept(&asked, &mut refreshed).await {
                    Ok(()) => Input::Refreshed {
                        epoch,
                        lease: refreshed.lease,
                    },
                    Err(fault) => Input::RefreshFailed { epoch, fault },
                };
                self.step(input).await;
            }
            // The answer to an earlier attempt. A token that came with it is the one to revoke.
            Ok(Done::Refreshed(_, _, Ok(late))) => {
                if self.is_disconnecting() && late.rotated.is_some() {
                    self.unsaved = late.rotated;
                }
            }
            Ok(Done::Refreshed(epoch, _, Err(fault))) => {
                self.step(Input::RefreshFailed { epoch, fault }).await;
            }
            Ok(Done::Revoked(epoch, Ok(()))) => self.step(Input::Revoked { epoch }).await,
            Ok(Done::Revoked(epoch, Err(fault))) => {
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
            Err(lost) => tracing::error!(%lost, "a task of an account ended badly"),
        }
    }

    /// A button's work is over. A disconnect that began meanwhile has the last word.
    fn end(&mut self, activity: Activity, outcome: Outcome) {
        if self.busy == Some(activity) {
            self.busy = None;
            self.outcome = Some(outcome);
            self.announce();
        }
    }

    fn postponed(&mut self, fault: &Fault) {
        self.busy = None;
        self.outcome = Some(Outcome::Failed {
            at: self.subject.world.clock.now(),
            activity: Activity::Disconnecting,
            fault: fault.clone(),
        });
    }

    /// A rotated token is safe before anybody sees the lease that came with it.
    async fn accept(&mut self, asked: &ScopeSet, refreshed: &mut Refreshed) -> Result<(), Fault> {
        if let Some(rotated) = &refreshed.rotated {
            self.unsaved = Some(rotated.clone());
        }
        if let Some(newest) = self.unsaved.clone() {
            keep_token(&*self.subject.world.vault, &self.row, &newest).await?;
            self.unsaved = None;
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
        self.row.last_checked = Some(self.subject.world.clock.now());
        if refreshed.ends_at.is_some() {
            self.row.grant_ends_at = refreshed.ends_at;
        }
        self.save_row().await;
        Ok(())
    }
}
