//! The computer's way to the outside: as `NetworkManager` says where it runs, else as the kernel does.

mod kernel;
mod situation;
#[cfg(target_os = "linux")]
mod system_bus;
#[cfg(all(test, target_os = "linux"))]
mod tests;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use evergrant_engine::ports::{Connection, Network};
use tokio::{sync::watch, task::JoinHandle};

pub use situation::Situation;

/// Changes come in bursts; this long after the first the rest has come too.
const SETTLING: Duration = Duration::from_millis(500);

/// What the system knows of its network. Dropping it ends the watch.
#[derive(Debug)]
pub struct SystemNetwork {
    known: Arc<Known>,
    watching: JoinHandle<()>,
}

/// What is known now, and how often that was news.
#[derive(Debug)]
struct Known(watch::Sender<(Situation, u64)>);

/// Where the system's message bus is.
#[derive(Clone, Debug)]
enum Bus {
    System,
    #[cfg(all(test, target_os = "linux"))]
    At(String),
}

impl SystemNetwork {
    /// Begins to watch; until the system has said something the computer counts as online. Has to be
    /// called on a runtime.
    pub fn watch() -> Self {
        Self::over(Bus::System)
    }

    fn over(bus: Bus) -> Self {
        let known = Arc::new(Known(watch::Sender::new((Situation::Online, 0))));
        let watching = tokio::spawn(follow(bus, Arc::clone(&known)));
        Self { known, watching }
    }

    /// How this computer is connected, in more words than the port has.
    pub fn situation(&self) -> Situation {
        self.known.0.borrow().0
    }

    /// Never changes.
    #[cfg(test)]
    pub(crate) fn always(situation: Situation) -> Self {
        Self {
            known: Arc::new(Known(watch::Sender::new((situation, 0)))),
            watching: tokio::spawn(std::future::pending()),
        }
    }
}

#[cfg(target_os = "linux")]
async fn follow(bus: Bus, known: Arc<Known>) {
    // Without a bus, or once it is gone, the kernel is left.
    let _ = system_bus::follow(&bus, &known).await;
    match kernel::follow(&known).await {}
}

#[cfg(not(target_os = "linux"))]
async fn follow(Bus::System: Bus, known: Arc<Known>) {
    match kernel::follow(&known).await {}
}

#[async_trait]
impl Network for SystemNetwork {
    /// Advice for work that can wait: a computer that is offline still reaches itself, and the system may
    /// be wrong.
    fn connection(&self) -> Connection {
        self.situation().connection()
    }

    /// Counts from the call on.
    async fn changed(&self) {
        // The sender lives as long as this.
        let _ = self.known.0.subscribe().changed().await;
    }
}

impl Known {
    /// A change, even where the situation is as it was: another network.
    fn news(&self, situation: Situation) {
        self.0.send_modify(|(known, times)| {
            *known = situation;
            *times += 1;
        });
    }

    /// What was so before anybody watched is no change.
    fn begins(&self, situation: Situation) {
        self.0
            .send_if_modified(|(known, _)| std::mem::replace(known, situation) != situation);
    }
}

impl Drop for SystemNetwork {
    fn drop(&mut self) {
        self.watching.abort();
    }
}
