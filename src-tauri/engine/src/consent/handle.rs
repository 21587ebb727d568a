use tokio::sync::{mpsc, oneshot};

/// What a person may do with an attempt.
pub(super) enum Order {
    Cancel,
    OpenAgain,
    SaveAgain,
    Link(oneshot::Sender<Option<String>>),
}

/// The way to the driver of an attempt.
#[derive(Clone)]
pub struct ConsentHandle(mpsc::Sender<Order>);

impl ConsentHandle {
    pub(super) fn new(orders: mpsc::Sender<Order>) -> Self {
        Self(orders)
    }

    /// Gives up. An attempt that is over already stays over.
    pub async fn cancel(&self) {
        let _ = self.0.send(Order::Cancel).await;
    }

    pub async fn open_again(&self) {
        let _ = self.0.send(Order::OpenAgain).await;
    }

    pub async fn save_again(&self) {
        let _ = self.0.send(Order::SaveAgain).await;
    }

    /// Nothing comes of it any more.
    pub(crate) fn is_over(&self) -> bool {
        self.0.is_closed()
    }

    /// The link of the consent page; `None` while there is none.
    pub async fn link(&self) -> Option<String> {
        let (reply, answer) = oneshot::channel();
        self.0.send(Order::Link(reply)).await.ok()?;
        answer.await.ok().flatten()
    }
}

/// Does the work while the person may give up; `None` when that happened first.
pub(super) async fn unless_given_up<T>(
    orders: &mut mpsc::Receiver<Order>,
    work: impl Future<Output = T>,
) -> Option<T> {
    tokio::pin!(work);
    loop {
        tokio::select! {
            done = &mut work => return Some(done),
            order = orders.recv() => match order {
                None | Some(Order::Cancel) => return None,
                Some(Order::Link(reply)) => drop(reply),
                Some(Order::OpenAgain | Order::SaveAgain) => {}
            },
        }
    }
}
