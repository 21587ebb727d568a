//! Notifications with a button, by the desktop's own server: org.freedesktop.Notifications
//! (Desktop Notifications Specification 1.3). Where there is none, they go the plain way.

mod server;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::StreamExt;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::timeout;
use zbus::Connection;

use super::{About, Notification};
use server::{Abilities, ServerProxy};

/// A server that does not answer by then shows nothing.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a click on the notification itself is called, by the specification.
const CLICK: &str = "default";
const BUTTON: &str = "open";

enum Order {
    Show(Notification),
    Withdraw(About),
    WithdrawAll,
}

/// The way to what stands on the screen.
#[derive(Clone)]
pub struct Notifications(UnboundedSender<Order>);

impl Notifications {
    pub fn show(&self, notification: Notification) {
        self.order(Order::Show(notification));
    }

    pub fn withdraw(&self, about: About) {
        self.order(Order::Withdraw(about));
    }

    /// Nothing that leads nowhere any more stays.
    pub fn withdraw_all(&self) {
        self.order(Order::WithdrawAll);
    }

    fn order(&self, order: Order) {
        // Nobody listens while everything ends.
        let _ = self.0.send(order);
    }
}

/// The way, and the task that does what is ordered. `bus` is the session's; what was pressed goes to `pressed`, and what
/// the server cannot show to `plain`.
pub fn open(
    bus: impl Future<Output = zbus::Result<Connection>> + Send + 'static,
    pressed: UnboundedSender<About>,
    plain: impl Fn(Notification) + Send + Sync + 'static,
) -> (Notifications, impl Future<Output = ()> + Send) {
    let (send, orders) = unbounded_channel();
    let task = async move {
        let server = match timeout(PATIENCE, connect(bus)).await {
            Ok(Ok(server)) => server,
            Ok(Err(error)) => return without(orders, plain, &error.to_string()).await,
            Err(_) => return without(orders, plain, "the session bus does not answer").await,
        };
        let screen = Screen {
            server,
            standing: BTreeMap::new(),
            pressed,
        };
        if let Err(error) = screen.serve(orders, plain).await {
            tracing::warn!(%error, "notifications are shown no more");
        }
    };
    (Notifications(send), task)
}

async fn connect(bus: impl Future<Output = zbus::Result<Connection>>) -> zbus::Result<ServerProxy<'static>> {
    let bus = bus.await?;
    ServerProxy::builder(&bus)
        // What it can do may change with the server itself.
        .cache_properties(zbus::proxy::CacheProperties::No)
        .build()
        .await
}

/// No bus, so no button.
async fn without(mut orders: UnboundedReceiver<Order>, plain: impl Fn(Notification), why: &str) {
    tracing::info!(why, "notifications have no button");
    while let Some(order) = orders.recv().await {
        if let Order::Show(notification) = order
            && notification.news
        {
            plain(notification);
        }
    }
}

/// What stands on the screen, by the numbers that the server gave.
struct Screen {
    server: ServerProxy<'static>,
    standing: BTreeMap<About, u32>,
    pressed: UnboundedSender<About>,
}

impl Screen {
    async fn serve(
        mut self,
        mut orders: UnboundedReceiver<Order>,
        plain: impl Fn(Notification),
    ) -> zbus::Result<()> {
        let mut presses = self.server.receive_action_invoked().await?;
        let mut ends = self.server.receive_notification_closed().await?;
        loop {
            tokio::select! {
                // A press before the end that it brings.
                biased;
                Some(press) = presses.next() => self.press(press.args()?.id).await,
                Some(end) = ends.next() => {
                    let ended = end.args()?.id;
                    self.standing.retain(|_, number| *number != ended);
                }
                order = orders.recv() => match order {
                    Some(Order::Show(notification)) => self.show(notification, &plain).await,
                    Some(Order::Withdraw(about)) => self.withdraw(about).await,
                    Some(Order::WithdrawAll) => {
                        for about in self.standing.keys().copied().collect::<Vec<_>>() {
                            self.withdraw(about).await;
                        }
                    }
                    None => return Ok(()),
                },
            }
        }
    }

    /// Others hear of the notifications of every program; only ours have a number here.
    async fn press(&mut self, pressed: u32) {
        let ours = self.standing.iter().find(|(_, number)| **number == pressed);
        if let Some(about) = ours.map(|(about, _)| *about) {
            let _ = self.pressed.send(about);
            // Not every server takes away what was pressed.
            self.withdraw(about).await;
        }
    }

    async fn show(&mut self, notification: Notification, plain: impl Fn(Notification)) {
        let before = self.standing.get(&notification.about).copied();
        if before.is_none() && !notification.news {
            return;
        }
        match timeout(PATIENCE, self.send(&notification, before.unwrap_or(0))).await {
            Ok(Ok(number)) => {
                self.standing.insert(notification.about, number);
            }
            Ok(Err(error)) => {
                tracing::warn!(%error, "a notification has no button");
                self.standing.remove(&notification.about);
                plain(notification);
            }
            // It may still come: twice would be worse.
            Err(_) => tracing::warn!("a notification was not shown in time"),
        }
    }

    async fn send(&self, notification: &Notification, replaces: u32) -> zbus::Result<u32> {
        let abilities = Abilities::of(&self.server.get_capabilities().await?);
        let actions: &[&str] = if abilities.actions {
            &[CLICK, &notification.button, BUTTON, &notification.button]
        } else {
            &[]
        };
        let text = abilities.harmless(&notification.text);
        let said = server::Said {
            title: &notification.title,
            text: &text,
            actions,
            silent: !notification.news,
        };
        self.server.say(replaces, &said).await
    }

    async fn withdraw(&mut self, about: About) {
        if let Some(number) = self.standing.remove(&about) {
            // One that is gone already is what was wanted.
            let _ = timeout(PATIENCE, self.server.close_notification(number)).await;
        }
    }
}
