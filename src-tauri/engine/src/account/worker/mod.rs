mod answers;
mod effects;

use std::collections::HashMap;
use std::sync::Arc;

use evergrant_domain::{
    Code, Fault, Grant, Lease, RefreshToken, ScopeSet,
    consent::AttemptId,
    lifecycle::{Account, Epoch, Freshness, Input, Reach, Standing, State, Ticket, Want},
    upkeep,
};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::{AbortHandle, JoinSet};

use super::exam::examine;
use super::granted::Unsaved;
use super::handle::{AccountHandle, Order};
use super::shelf::Shelf;
use super::tasks::{Done, Subject};
use crate::event::{Activity, Event, Outcome, Status};
use crate::ports::{Happening, Row};
use crate::store::{keep_grant, keep_token};
use crate::turns::Turns;
use crate::world::{KnownProvider, World};

/// Orders that may wait for a worker; whoever sends more waits.
const MAILBOX: usize = 64;
/// How often a rotated token is put into the vault before the program ends without it.
const LAST_TRIES: u32 = 3;

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
    /// Refreshes in flight; more than one only where an earlier one counts no more.
    refreshes: u32,
    /// A revoke that waits for them.
    revoke_after: Option<Epoch>,
    /// The last one that was begun.
    revoking: Option<AbortHandle>,
    /// Why the ledger did not take the row as it is now.
    unrecorded: Option<Fault>,
    /// A provider that rotates may have done so, and its answer did not come.
    answer_lost: bool,
    /// A rotated refresh token that the vault would not take; kept until it does.
    unsaved: Option<Unsaved>,
    busy: Option<Activity>,
    outcome: Option<Outcome>,
    orders: mpsc::Receiver<Order>,
    handle: AccountHandle,
    /// What the handles may hand out without asking.
    shelf: Arc<Shelf>,
    status: watch::Sender<Status>,
    events: mpsc::UnboundedSender<Event>,
}

impl Worker {
    pub fn new(
        world: Arc<World>,
        provider: Arc<KnownProvider>,
        turns: Arc<Turns>,
        row: Row,
        events: mpsc::UnboundedSender<Event>,
    ) -> (Self, AccountHandle) {
        let subject = Subject {
            world,
            provider,
            turns,
            id: row.id.clone(),
        };
        let account = Account::resumed(row.standing);
        let (send_status, status) = watch::channel(Status {
            standing: row.standing,
            trouble: account.trouble().cloned(),
            fresh_until: None,
            passing: None,
            busy: None,
            outcome: None,
            has_picture: subject.world.pictures.has(&row.id),
            row: row.clone(),
        });
        let (send_orders, orders) = mpsc::channel(MAILBOX);
        let shelf = Arc::new(Shelf::default());
        let handle = AccountHandle::new(send_orders, status, Arc::clone(&shelf));
        let worker = Self {
            account,
            row,
            subject,
            callers: HashMap::new(),
            last_ticket: 0,
            tasks: JoinSet::new(),
            pauses: 0,
            refreshes: 0,
            revoke_after: None,
            revoking: None,
            unrecorded: None,
            answer_lost: false,
            unsaved: None,
            busy: None,
            outcome: None,
            orders,
            handle: handle.clone(),
            shelf,
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
            Order::Lease(scopes, freshness, reply) => {
                // A program's asking, as against a button's.
                if freshness != Freshness::New {
                    self.shelf.note_use(self.subject.world.clock.now());
                }
                self.want(scopes, freshness, reply).await;
            }
            Order::KeepFresh => {
                let (nobody, _) = oneshot::channel();
                let enough = Freshness::AtLeast(upkeep::ENOUGH);
                self.want(ScopeSet::default(), enough, nobody).await;
            }
            Order::Hope => self.step(Input::Hoped).await,
            Order::Test => self.test(),
            Order::Refresh => self.refresh(),
            Order::Disconnect(reach) => self.disconnect(reach).await,
            Order::Adopt(row, grant, attempt, reply) => {
                self.let_deletion_end().await;
                let adopted = self.adopt(*row, &grant, attempt.as_ref()).await;
                if adopted.is_ok() {
                    self.call_revoke_off();
                }
                // Whoever asked may have given up; the grant is stored all the same.
                let _ = reply.send(adopted);
            }
            Order::Stop => {}
        }
    }

    async fn want(
        &mut self,
        scopes: ScopeSet,
        freshness: Freshness,
        reply: oneshot::Sender<Result<Lease, Fault>>,
    ) {
        self.last_ticket += 1;
        let ticket = Ticket(self.last_ticket);
        self.callers.insert(ticket, reply);
        let want = Want {
            ticket,
            freshness,
            scopes,
        };
        self.step(Input::Wanted(want)).await;
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
            let world = Arc::clone(&self.subject.world);
            let fresh = async move {
                // A person waits for this, and may be asked to unlock.
                world.vault.ready().await?;
                account.lease(&ScopeSet::default(), Freshness::New).await
            };
            self.tasks.spawn(async { Done::Freshened(fresh.await) });
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

    /// Pressed twice is pressed once.
    async fn disconnect(&mut self, reach: Reach) {
        if self.busy != Some(Activity::Disconnecting) {
            self.busy = Some(Activity::Disconnecting);
            self.pauses = 0;
            self.step(Input::DisconnectAsked { reach }).await;
            self.note(Happening::Disconnecting).await;
        }
    }

    /// A revoke that has not been sent would end the new grant too. As long as a consent has its turn, none
    /// is further than that.
    fn call_revoke_off(&mut self) {
        self.revoke_after = None;
        if let Some(waiting) = self.revoking.take() {
            waiting.abort();
        }
    }

    /// A deletion under way must not land on a grant that is stored meanwhile.
    async fn let_deletion_end(&mut self) {
        while matches!(self.account.state, State::Forgetting { trouble: None, .. })
            && let Some(done) = self.tasks.join_next().await
        {
            self.finish(done).await;
        }
    }

    async fn adopt(&mut self, mut row: Row, grant: &Grant, attempt: Option<&AttemptId>) -> Result<(), Fault> {
        if self.account.standing().is_none() {
            return Err(Code::AccountUnknown.into());
        }
        row.connected_since = self.row.connected_since;
        // Another client begins to count anew.
        if row.client_id == self.row.client_id {
            row.consents = self.row.consents.saturating_add(1);
        }
        row.last_used = self.row.last_used;
        row.rotates = self.row.rotates;
        if grant.refresh_token.as_ref().is_none_or(RefreshToken::is_empty) {
            // The kept token has the scopes it had; the next refresh says which.
            row.granted = self.row.granted.clone();
        }
        keep_grant(&self.subject.world, &row, grant, attempt).await?;
        self.row = row;
        self.unsaved = None;
        self.answer_lost = false;
        self.connected(grant.lease.clone(), true).await;
        Ok(())
    }

    async fn connected(&mut self, lease: Lease, renewed: bool) {
        let at = self.subject.world.clock.now();
        self.busy = None;
        self.outcome = Some(Outcome::Connected { at, renewed });
        self.step(Input::Reconnected { lease }).await;
        self.note(if renewed {
            Happening::Reconnected
        } else {
            Happening::Connected
        })
        .await;
        self.fetch_picture();
    }

    fn is_disconnecting(&self) -> bool {
        matches!(self.account.standing(), None | Some(Standing::Disconnecting(_)))
    }

    /// Lets a refresh in flight end, since a rotated token may come with it; refuses whoever waits.
    /// The engine bounds the wait.
    async fn drain(mut self) {
        self.shelf.close();
        if self.unrecorded.is_some() {
            // The next start is to know what was asked.
            self.save_row().await;
        }
        for (_, caller) in self.callers.drain() {
            // A caller who went away needs no answer.
            let _ = caller.send(Err(Code::Stopping.into()));
        }
        let mut used = None;
        while self.refreshes > 0 {
            match self.tasks.join_next().await {
                Some(Ok(Done::Refreshed(epoch, _, result))) => {
                    self.refreshes -= 1;
                    if let Ok(renewal) = result
                        && let Some(rotated) = self.rotated(epoch, &renewal)
                    {
                        (self.unsaved, used) = (Some(rotated), Some(renewal.used));
                    }
                }
                Some(_) => {}
                None => break,
            }
        }
        if matches!(self.account.state, State::Forgetting { .. }) {
            return;
        }
        if let Some(newest) = self.unsaved {
            let vault = &*self.subject.world.vault;
            // The last chance: a vault that failed once may take it yet.
            self.row.client_id = newest.client_id;
            for _ in 0..LAST_TRIES {
                match keep_token(vault, &self.row, &newest.token, used.as_ref()).await {
                    Ok(()) => return,
                    Err(fault) => {
                        let code = fault.code.as_str();
                        tracing::error!(code, "a rotated token is not in the vault");
                    }
                }
            }
        }
    }
}
