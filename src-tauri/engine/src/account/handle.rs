use evergrant_domain::{
    Code, Fault, Grant, Lease,
    lifecycle::{Freshness, Reach},
};
use tokio::sync::{mpsc, oneshot, watch};

use crate::event::{Activity, Status};
use crate::ports::Row;

/// What the worker of an account is told.
pub(crate) enum Order {
    Lease(Freshness, oneshot::Sender<Result<Lease, Fault>>),
    Test,
    Refresh,
    Disconnect(Reach),
    /// Store a new consent for this account.
    Adopt(Box<Row>, Box<Grant>, oneshot::Sender<Result<(), Fault>>),
    /// Finish what is in flight, start nothing new.
    Stop,
}

/// The way to an account's worker.
#[derive(Clone)]
pub struct AccountHandle {
    orders: mpsc::Sender<Order>,
    status: watch::Receiver<Status>,
}

impl AccountHandle {
    pub(crate) fn new(orders: mpsc::Sender<Order>, status: watch::Receiver<Status>) -> Self {
        Self { orders, status }
    }

    /// The worker has ended: the account is gone, or the engine stopped.
    pub(crate) fn is_gone(&self) -> bool {
        self.orders.is_closed()
    }

    pub fn status(&self) -> Status {
        self.status.borrow().clone()
    }

    /// A lease, from the kept one or the provider. Answered exactly once.
    pub async fn lease(&self, freshness: Freshness) -> Result<Lease, Fault> {
        let (reply, answer) = oneshot::channel();
        self.order(Order::Lease(freshness, reply)).await?;
        answer.await.map_err(|_| gone())?
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

    pub(crate) async fn adopt(&self, row: Row, grant: Grant) -> Result<(), Fault> {
        let (reply, answer) = oneshot::channel();
        self.order(Order::Adopt(Box::new(row), Box::new(grant), reply))
            .await?;
        answer.await.map_err(|_| gone())?
    }

    pub(crate) async fn stop(&self) {
        // A worker that is gone already has stopped.
        let _ = self.order(Order::Stop).await;
    }

    async fn order(&self, order: Order) -> Result<(), Fault> {
        self.orders.send(order).await.map_err(|_| gone())
    }

    fn unless_busy(&self) -> Result<(), Fault> {
        match self.status.borrow().busy {
            Some(_) => Err(Code::AlreadyAtWork.into()),
            None => Ok(()),
        }
    }
}

fn gone() -> Fault {
    Code::AccountUnknown.into()
}
