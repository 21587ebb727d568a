//! Lets programs in, and owns every connection.

use std::{pin::pin, sync::Arc, time::Duration};

use tokio::{
    net::{UnixListener, UnixStream},
    select,
    sync::watch,
    task::{Id, JoinSet},
    time::{sleep, timeout},
};

use super::{
    Limits,
    connection::{House, converse},
    place::own_uid,
    pulse::Pulse,
    roll::Roll,
};
use crate::witness::Peer;

/// After an accept that failed: long enough not to spin where file handles ran out.
const BREATH: Duration = Duration::from_millis(50);

pub(super) struct Hall {
    house: Arc<House>,
    own_uid: u32,
    connections: JoinSet<()>,
    roll: Roll<Id>,
}

impl Hall {
    pub(super) fn new(house: House, limits: &Limits) -> Self {
        Self {
            house: Arc::new(house),
            own_uid: own_uid(),
            connections: JoinSet::new(),
            roll: Roll::new(limits.connections, limits.of_one_process),
        }
    }

    /// Until `stop` says so, or nobody is left to say it.
    pub(super) async fn receive(&mut self, listener: &UnixListener, mut stop: watch::Receiver<bool>) {
        let mut stopped = pin!(stop.wait_for(|stop| *stop));
        loop {
            select! {
                biased;
                _ = &mut stopped => return,
                // Before the next comes in, so that those who left do not take its place.
                Some(ended) = self.connections.join_next_with_id() => {
                    self.roll.left(&ended.map_or_else(|panicked| panicked.id(), |(id, ())| id));
                }
                stream = arrival(listener) => self.admit(stream),
            }
        }
    }

    /// The kernel says whose program it is, before a byte of it is read.
    fn admit(&mut self, stream: UnixStream) {
        let Ok(peer) = Peer::of(&stream) else { return };
        if peer.uid != self.own_uid {
            tracing::warn!(uid = peer.uid, "another user's program was turned away");
            return;
        }
        let pid = peer.pid;
        if !self.roll.has_room_for(pid) {
            tracing::debug!(pid, "too many connections, one was turned away");
            return;
        }
        let pulse = Arc::new(Pulse::new());
        let house = Arc::clone(&self.house);
        let task = self
            .connections
            .spawn(converse(stream, peer, house, Arc::clone(&pulse)));
        self.roll.entered(task.id(), pid, pulse);
    }

    /// Lets answers under way end, for so long.
    pub(super) async fn part(mut self, within: Duration) {
        self.roll.dismiss_all();
        let all = async { while self.connections.join_next().await.is_some() {} };
        if timeout(within, all).await.is_err() {
            self.connections.shutdown().await;
        }
    }
}

/// The next connection, whatever passing trouble there is.
async fn arrival(listener: &UnixListener) -> UnixStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                sleep(BREATH).await;
            }
        }
    }
}
