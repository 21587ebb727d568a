use std::sync::Arc;

use evergrant_domain::{
    Code, Fault, Grant, Lease, Moment, ScopeSet, Timestamp,
    consent::AttemptId,
    lifecycle::{Freshness, Reach},
    time::Seconds,
};
use tokio::sync::{mpsc, oneshot, watch};

use super::shelf::Shelf;
use crate::event::{Activity, Status};
use crate::ports::Row;

/// What the worker of an account is told.
pub(crate) enum Order {
    Lease(ScopeSet, Freshness, oneshot::Sender<Result<Lease, Fault>>),
    Test,
    Refresh,
    /// Renew the lease before somebody waits for it, or keep the grant alive.
    KeepFresh,
    /// What failed may work now.
    Hope,
    Disconnect(Reach),
    /// Store a new consent for this account.
    Adopt(
        Box<Row>,
        Box<Grant>,
        Option<AttemptId>,
        oneshot::Sender<Result<(), Fault>>,
    ),
    /// Finish what is in flight, start nothing new.
    Stop,
}

/// The way to an account's worker.
#[derive(Clone)]
pub struct AccountHandle {
    orders: mpsc::Sender<Order>,
    status: watch::Receiver<Status>,
    shelf: Arc<Shelf>,
}

impl AccountHandle {
    pub(super) fn new(
        orders: mpsc::Sender<Order>,
        status: watch::Receiver<Status>,
        shelf: Arc<Shelf>,
    ) -> Self {
        Self {
            orders,
            status,
            shelf,
        }
    }

    /// The worker has ended: the account is gone, or the engine stopped.
    pub(crate) fn is_gone(&self) -> bool {
        self.orders.is_closed()
    }

    /// The status as it changes; ends when the account is gone.
    pub fn follow(&self) -> watch::Receiver<Status> {
        self.status.clone()
    }

    pub fn status(&self) -> Status {
        self.status.borrow().clone()
    }

    /// A lease for these scopes (none: the whole grant), kept or new. Answered exactly once.
    ///
    /// One refresh runs at a time, however many ask for however many scopes; who asked for the same ones
    /// shares it. Where a provider ignores narrowing, the lease's own `scopes` say what it opens.
    ///
    /// # Errors
    /// Why there is none; `RequestRefused` where only these scopes were refused, `Disconnecting` once a
    /// disconnect began, `Stopping` where the engine stops.
    pub async fn lease(&self, scopes: &ScopeSet, freshness: Freshness) -> Result<Lease, Fault> {
        let (reply, answer) = oneshot::channel();
        self.order(Order::Lease(scopes.clone(), freshness, reply)).await?;
        answer.await.map_err(|_| self.gone())?
    }

    /// The kept lease for these scopes (none: the whole grant), if it serves for `at_least` from `now`.
    ///
    /// Waits for nothing and takes no turn in the mailbox: a lease that is good is there while a refresh
    /// is in flight too. Once the worker has begun a disconnect, and before anything is done about it,
    /// there is none; nor is there while the engine stops.
    pub fn kept(&self, scopes: &ScopeSet, now: Moment, at_least: Seconds) -> Option<Lease> {
        // What a worker that ended in whatever way left behind is nobody's.
        let alive = !self.is_gone();
        alive.then(|| self.shelf.take(scopes, now, at_least)).flatten()
    }

    pub async fn test(&self) -> Result<(), Fault> {
        self.unless_busy()?;
        self.order(Order::Test).await
    }

    pub async fn refresh(&self) -> Result<(), Fault> {
        self.unless_busy()?;
        self.order(Order::Refresh).await
    }

    pub async fn disconnect(&self, reach: Reach) -> Result<(), Fault> {
        // Other work does not stand in its way, only itself does.
        if self.status.borrow().busy == Some(Activity::Disconnecting) {
            return Err(Code::AlreadyAtWork.into());
        }
        self.order(Order::Disconnect(reach)).await
    }

    /// When a program last got a lease.
    pub(crate) fn last_used(&self) -> Option<Timestamp> {
        self.shelf.last_use().or(self.status.borrow().row.last_used)
    }

    /// Told, not asked: a worker that is busy is told again soon enough.
    pub(crate) fn keep_fresh(&self) {
        let _ = self.orders.try_send(Order::KeepFresh);
    }

    pub(crate) fn hope(&self) {
        let _ = self.orders.try_send(Order::Hope);
    }

    pub(crate) async fn adopt(
        &self,
        row: Row,
        grant: Grant,
        attempt: Option<AttemptId>,
    ) -> Result<(), Fault> {
        let (reply, answer) = oneshot::channel();
        self.order(Order::Adopt(Box::new(row), Box::new(grant), attempt, reply))
            .await?;
        answer.await.map_err(|_| self.gone())?
    }

    pub(crate) async fn stop(&self) {
        // A worker that is gone already has stopped.
        let _ = self.order(Order::Stop).await;
    }

    async fn order(&self, order: Order) -> Result<(), Fault> {
        self.orders.send(order).await.map_err(|_| self.gone())
    }

    fn unless_busy(&self) -> Result<(), Fault> {
        match self.status.borrow().busy {
            Some(_) => Err(Code::AlreadyAtWork.into()),
            None => Ok(()),
        }
    }

    /// Why the worker does not answer any more.
    pub(crate) fn gone(&self) -> Fault {
        if self.shelf.is_closed() {
            Code::Stopping.into()
        } else {
            Code::AccountUnknown.into()
        }
    }
}
