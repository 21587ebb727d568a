use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use evergrant_domain::{
    Code, Fault, Grant, Lease, RefreshToken,
    lifecycle::{Account, Effect, Freshness, Input, Reach, Standing, State, Ticket},
};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinSet;

use super::exam::examine;
use super::handle::{AccountHandle, Order};
use super::tasks::{Done, Subject};
use crate::event::{Activity, Event, Outcome, Status};
use crate::ports::{Refreshed, Row};
use crate::store::{keep_grant, keep_token};
use crate::world::{KnownProvider, World};

/// Orders that may wait for a worker; whoever sends more waits.
const MAILBOX: usize = 64;
/// Pauses between tries to revoke or delete: doubled each time, up to the longest.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

/// How an account comes to life.
pub(crate) enum Beginning {
    /// Read from the ledger at the start.
    Resumed,
    /// Just stored after a consent.
    Connected(Lease),
}

/// Owns an account: its state, its row, its callers, its running tasks.
pub(crate) struct Worker {
    account: Account,
    row: Row,
    subject: Subject,
    callers: HashMap<Ticket, oneshot::Sender<Result<Lease, Fault>>>,
    last_ticket: u64,
    tasks: JoinSet<Done>,
    pauses: u32,
    /// A rotated refresh token that the vault would not take; kept until it does.
    unsaved: Option<RefreshToken>,
    busy: Option<Activity>,
    outcome: Option<Outcome>,
    orders: mpsc::Receiver<Order>,
    handle: AccountHandle,
    status: watch::Sender<Status>,
    events: mpsc::UnboundedSender<Event>,
}

impl Worker {
    pub fn new(
        world: Arc<World>,
        provider: Arc<KnownProvider>,
        row: Row,
        events: mpsc::UnboundedSender<Event>,
    ) -> (Self, AccountHandle) {
        let subject = Subject {
            world,
            provider,
            id: row.id.clone(),
        };
        let account = Account::resumed(row.standing);
        let (send_status, status) = watch::channel(Status {
            standing: row.standing,
            trouble: account.trouble().cloned(),
            fresh_until: None,
            busy: None,
            outcome: None,
            has_picture: subject.world.pictures.has(&row.id),
            row: row.clone(),
        });
        let (send_orders, orders) = mpsc::channel(MAILBOX);
        let handle = AccountHandle::new(send_orders, status);
        let worker = Self {
            account,
            row,
            subject,
            callers: HashMap::new(),
            last_ticket: 0,
            tasks: JoinSet::new(),
            pauses: 0,
            unsaved: None,
            busy: None,
            outcome: None,
            orders,
            handle: handle.clone(),
            status: send_status,
            events,
        };
        (worker, handle)
    }

    /// Works until the account is gone or the engine stops.
    pub async fn run(mut self, beginning: Beginning) {
        match beginning {
            Beginning::Resumed => self.step(Input::Resumed).await,
            Beginning::Connected(lease) => self.connected(lease, false).await,
        }
        self.announce();
        while self.account.standing().is_some() {
            tokio::select! {
                order = self.orders.recv() => match order {
                    Some(Order::Stop) | None => return self.drain().await,
                    Some(order) => self.take(order).await,
                },
                Some(done) = self.tasks.join_next() => self.finish(done).await,
            }
        }
    }

    async fn take(&mut self, order: Order) {
        match order {
            Order::Lease(freshness, reply) => self.want(freshness, reply).await,
            Order::Test => self.test(),
            Order::Refresh => self.refresh(),
            Order::Disconnect(reach) => {
                self.busy = Some(Activity::Disconnecting);
                self.pauses = 0;
                self.step(Input::DisconnectAsked { reach }).await;
            }
            Order::Adopt(row, grant, reply) => {
                let adopted = self.adopt(*row, &grant).await;
                // Whoever asked may have given up; the grant is stored all the same.
                let _ = reply.send(adopted);
            }
            Order::Stop => {}
        }
    }

    async fn want(
        &mut self,
        freshness: Freshness,
        reply: oneshot::Sender<Result<Lease, Fault>>,
    ) {
        self.last_ticket += 1;
        let ticket = Ticket(self.last_ticket);
        self.callers.insert(ticket, reply);
        self.step(Input::Wanted { ticket, freshness }).await;
    }

    fn test(&mut self) {
        if self.begin(Activity::Testing) {
            let exam = examine(self.handle.clone(), self.subject.clone());
            self.tasks.spawn(exam);
        }
    }

    fn refresh(&mut self) {
        if self.begin(Activity::Refreshing) {
            let account = self.handle.clone();
            let fresh = async move { Done::Freshened(account.lease(Freshness::New).await) };
            self.tasks.spawn(fresh);
        }
    }

    /// A button at work cannot be pressed again.
    fn begin(&mut self, activity: Activity) -> bool {
        let free = self.busy.is_none();
        if free {
            self.busy = Some(activity);
            self.outcome = None;
            self.announce();
        }
        free
    }

    async fn adopt(&mut self, mut row: Row, grant: &Grant) -> Result<(), Fault> {
        row.connected_since = self.row.connected_since;
        row.consents = self.row.consents.saturating_add(1);
        if grant.refresh_token.is_none() {
            // The kept token has the scopes it had; the next refresh says which.
            row.granted = self.row.granted.clone();
        }
        keep_grant(&self.subject.world, &row, grant).await?;
        self.row = row;
        self.unsaved = None;
        self.connected(grant.lease.clone(), true).await;
        Ok(())
    }

    async fn connected(&mut self, lease: Lease, renewed: bool) {
        let at = self.subject.world.clock.now();
        self.busy = None;
        self.outcome = Some(Outcome::Connected { at, renewed });
        self.step(Input::Reconnected { lease }).await;
        self.fetch_picture();
    }

    async fn finish(&mut self, done: Result<Done, tokio::task::JoinError>) {
        let now = self.subject.world.clock.now();
        match done {
            Ok(Done::Refreshed(epoch, Ok(refreshed))) if epoch == self.account.epoch => {
                let input = match self.accept(&refreshed).await {
                    Ok(()) => Input::Refreshed {
                        epoch,
                        lease: refreshed.lease,
                    },
                    Err(fault) => Input::RefreshFailed { epoch, fault },
                };
                self.step(input).await;
            }
            // The answer to an earlier attempt.
            Ok(Done::Refreshed(_, Ok(_))) => {}
            Ok(Done::Refreshed(epoch, Err(fault))) => {
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
                if let Some(person) = person {
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
                        until: lease.expires_at,
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
    async fn accept(&mut self, refreshed: &Refreshed) -> Result<(), Fault> {
        if let Some(rotated) = &refreshed.rotated {
            self.unsaved = Some(rotated.clone());
        }
        if let Some(newest) = self.unsaved.clone() {
            keep_token(&*self.subject.world.vault, &self.row, &newest).await?;
            self.unsaved = None;
        }
        self.row.granted = refreshed.lease.scopes.clone();
        self.row.last_checked = Some(self.subject.world.clock.now());
        if refreshed.ends_at.is_some() {
            self.row.grant_ends_at = refreshed.ends_at;
        }
        self.save_row().await;
        Ok(())
    }

    async fn step(&mut self, input: Input) {
        let now = self.subject.world.clock.now();
        for effect in self.account.step(input, now) {
            self.perform(effect).await;
        }
    }

    async fn perform(&mut self, effect: Effect) {
        let subject = self.subject.clone();
        match effect {
            Effect::Refresh(epoch) => {
                self.tasks.spawn(subject.refresh(epoch, self.unsaved.clone()));
            }
            Effect::Revoke(epoch) => {
                self.tasks.spawn(subject.revoke(epoch, self.unsaved.clone()));
            }
            Effect::Forget(epoch) => {
                self.tasks.spawn(subject.forget(epoch));
            }
            Effect::Pause(epoch) => {
                let length = FIRST_PAUSE * 2_u32.saturating_pow(self.pauses.min(6));
                self.pauses += 1;
                self.tasks
                    .spawn(Subject::pause(epoch, length.min(LONGEST_PAUSE)));
            }
            Effect::Answer(ticket, answer) => {
                if let Some(caller) = self.callers.remove(&ticket) {
                    // A caller who went away needs no answer.
                    let _ = caller.send(answer);
                }
            }
            Effect::Record(standing) => {
                self.row.standing = standing;
                self.save_row().await;
            }
            Effect::Announce => self.announce(),
        }
    }

    /// A ledger that cannot be written is told to the person; the grant itself is safe in the vault.
    async fn save_row(&self) {
        if let Err(fault) = self.subject.world.ledger.save(&self.row).await {
            let _ = self.events.send(Event::Trouble(fault));
        }
    }

    fn fetch_picture(&mut self) {
        let address = self.row.person.picture.clone();
        if let Some(address) = address.filter(|_| !self.subject.world.pictures.has(&self.row.id)) {
            self.tasks.spawn(self.subject.clone().picture(address));
        }
    }

    fn announce(&mut self) {
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
            fresh_until: self.account.lease().map(|lease| lease.expires_at),
            busy: self.busy,
            outcome: self.outcome.clone(),
            has_picture: self.subject.world.pictures.has(&self.row.id),
        };
        self.status.send_replace(status.clone());
        let _ = self.events.send(Event::Account(Box::new(status)));
    }

    /// Lets a refresh in flight end, since a rotated token may come with it; refuses whoever waits.
    /// The engine bounds the wait.
    async fn drain(mut self) {
        for (_, caller) in self.callers.drain() {
            // A caller who went away needs no answer.
            let _ = caller.send(Err(Code::AccountUnknown.into()));
        }
        while matches!(self.account.state, State::Refreshing { .. }) {
            match self.tasks.join_next().await {
                Some(Ok(Done::Refreshed(epoch, result))) if epoch == self.account.epoch => {
                    if let Ok(refreshed) = result
                        && let Err(fault) = self.accept(&refreshed).await
                    {
                        let code = fault.code.as_str();
                        tracing::error!(code, "a rotated token is not in the vault");
                    }
                    return;
                }
                Some(_) => {}
                None => return,
            }
        }
    }
}
