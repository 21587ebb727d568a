//! One connection, from who it is to its last answer.

use std::{io, sync::Arc};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use hyper::{body::Incoming, server::conn::http1::Builder, service::service_fn};
use hyper_util::rt::TokioIo;
use rustix::{
    io::Errno,
    net::{RecvFlags, recv},
};
use tokio::{
    net::UnixStream,
    select,
    time::{Instant, timeout_at},
};

use super::{
    Limits, Reception,
    patient::Patient,
    pulse::{Phase, Pulse},
};
use crate::witness::{Caller, Peer, Witness};

/// hyper's least.
const LEAST_HEAD_BYTES: usize = 8192;

/// What all connections share.
pub(super) struct House {
    witness: Arc<dyn Witness>,
    reception: Arc<dyn Reception>,
    http: Builder,
    limits: Limits,
}

impl House {
    pub(super) fn new(witness: Arc<dyn Witness>, reception: Arc<dyn Reception>, limits: Limits) -> Self {
        let mut http = Builder::new();
        // The time for a head is `Patient`'s; nobody on this computer needs to be told the date.
        http.max_buf_size(limits.head_bytes.max(LEAST_HEAD_BYTES))
            .max_header_size(limits.head_bytes)
            .max_headers(limits.headers)
            .header_read_timeout(None)
            .auto_date_header(false);
        Self {
            witness,
            reception,
            http,
            limits,
        }
    }
}

/// The program became another one, or ended, since it connected.
#[derive(Debug, thiserror::Error)]
#[error("the caller is no longer the program that connected")]
struct Replaced;

struct Conversation {
    house: Arc<House>,
    caller: Arc<Caller>,
    pulse: Arc<Pulse>,
}

impl Conversation {
    /// An error ends the connection without an answer.
    async fn answer(&self, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Replaced> {
        if !self.caller.still_itself() {
            return Err(Replaced);
        }
        self.pulse.set(Phase::Answering);
        let answer = self.house.reception.answer(&self.caller, request).await;
        self.pulse.set(Phase::Taking);
        Ok(answer)
    }
}

/// Who it is is established here, once. Whoever cannot be made out is not answered.
pub(super) async fn converse(stream: UnixStream, peer: Peer, house: Arc<House>, pulse: Arc<Pulse>) {
    let Ok(caller) = house.witness.identify(peer) else {
        return;
    };
    // Only now, as the time that the witness took is not the caller's.
    let opened = Instant::now();
    let limits = house.limits;
    // Nothing is set up for one that says nothing.
    let first = select! {
        biased;
        () = pulse.dismissed() => return,
        first = timeout_at(opened + limits.head_within, first_bytes(&stream)) => match first {
            Ok(Ok(first)) if !first.is_empty() => first,
            _ => return,
        },
    };
    let stream = Patient::new(stream, first, Arc::clone(&pulse), limits, opened);
    let conversation = Arc::new(Conversation {
        house: Arc::clone(&house),
        caller: Arc::new(caller),
        pulse: Arc::clone(&pulse),
    });
    let service = service_fn(move |request| {
        let conversation = Arc::clone(&conversation);
        async move { conversation.answer(request).await }
    });
    // Boxed, so that the task of one that says nothing is small.
    let mut spoken = Box::pin(house.http.serve_connection(TokioIo::new(stream), service));
    select! {
        biased;
        _ = &mut spoken => return,
        () = pulse.dismissed() => {}
    }
    // The rest of half a request is not waited for.
    if pulse.phase() != Phase::Head {
        spoken.as_mut().graceful_shutdown();
        let _ = spoken.await;
    }
}

/// One connection as [`Door`](super::Door) serves it, without a door.
///
/// # Errors
/// The system does not say who is at the other end.
#[cfg(any(test, feature = "fakes"))]
pub async fn serve_one(
    stream: UnixStream,
    witness: Arc<dyn Witness>,
    reception: Arc<dyn Reception>,
    limits: Limits,
) -> io::Result<()> {
    let peer = Peer::of(&stream)?;
    let house = Arc::new(House::new(witness, reception, limits));
    converse(stream, peer, house, Arc::new(Pulse::new())).await;
    Ok(())
}

/// Waits with nothing in hand. What the caller begins with; nothing where it hung up.
async fn first_bytes(stream: &UnixStream) -> io::Result<Bytes> {
    // Most have spoken by the time they are known, and tokio hears of it only after another look at all
    // its sockets.
    let mut some = [0; 1024];
    match recv(stream, &mut some, RecvFlags::DONTWAIT) {
        Ok((count, _)) => return Ok(Bytes::copy_from_slice(&some[..count])),
        Err(Errno::AGAIN) => {}
        Err(error) => return Err(error.into()),
    }
    loop {
        stream.readable().await?;
        match read_some(stream) {
            Err(none) if none.kind() == io::ErrorKind::WouldBlock => {}
            read => return read,
        }
    }
}

fn read_some(stream: &UnixStream) -> io::Result<Bytes> {
    let mut some = [0; 1024];
    let count = stream.try_read(&mut some)?;
    Ok(Bytes::copy_from_slice(&some[..count]))
}
