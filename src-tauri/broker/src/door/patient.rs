//! A stream that waits only so long for the other side.

use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep, sleep, sleep_until},
};

use super::{
    Limits,
    pulse::{Phase, Pulse},
};

/// Fails with `TimedOut` when a head is not whole in time, when nothing is asked for long, and when an
/// answer is not taken. Timers are set only where the other side keeps us waiting, and that for silence is
/// kept from request to request, so that a request costs none.
///
/// A head of which a part came along with the request before it counts as begun with its next bytes.
pub(super) struct Patient<S> {
    stream: S,
    /// Read from the stream already, and not yet passed on.
    first: Bytes,
    pulse: Arc<Pulse>,
    limits: Limits,
    /// Since when we wait for a request, or for the rest of one.
    waiting: Option<Instant>,
    silence: Option<Pin<Box<Sleep>>>,
    /// Runs from when an answer first did not go out until all of it did: one taken in drops is too slow.
    stall: Option<Pin<Box<Sleep>>>,
}

impl<S> Patient<S> {
    /// The first head counts from when the connection was let in.
    pub(super) fn new(stream: S, first: Bytes, pulse: Arc<Pulse>, limits: Limits, opened: Instant) -> Self {
        pulse.set(Phase::Head);
        Self {
            stream,
            first,
            pulse,
            limits,
            waiting: Some(opened),
            silence: None,
            stall: None,
        }
    }

    /// Whether the other side said nothing for too long.
    fn poll_silence(&mut self, cx: &mut Context<'_>) -> bool {
        let within = match self.pulse.phase() {
            Phase::Idle => self.limits.idle_within,
            Phase::Head => self.limits.head_within,
            Phase::Answering | Phase::Taking => return false,
        };
        let due = *self.waiting.get_or_insert_with(Instant::now) + within;
        let silence = self.silence.get_or_insert_with(|| Box::pin(sleep_until(due)));
        if due < silence.deadline() {
            silence.as_mut().reset(due);
        }
        while silence.as_mut().poll(cx).is_ready() {
            if due <= silence.deadline() {
                return true;
            }
            // It was set for a wait that is over.
            silence.as_mut().reset(due);
        }
        false
    }

    fn poll_stall(&mut self, cx: &mut Context<'_>) -> bool {
        let within = self.limits.taken_within;
        let stall = self.stall.get_or_insert_with(|| Box::pin(sleep(within)));
        stall.as_mut().poll(cx).is_ready()
    }

    fn written(&mut self, cx: &mut Context<'_>, outcome: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if outcome.is_pending() && self.poll_stall(cx) {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        outcome
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.first.is_empty() {
            let fits = buf.remaining().min(self.first.len());
            buf.put_slice(&self.first.split_to(fits));
            return Poll::Ready(Ok(()));
        }
        let before = buf.filled().len();
        let outcome = Pin::new(&mut self.stream).poll_read(cx, buf);
        if outcome.is_pending() && self.poll_silence(cx) {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        if buf.filled().len() > before && self.pulse.phase() == Phase::Idle {
            self.pulse.set(Phase::Head);
            self.waiting = None;
        }
        outcome
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.written(cx, outcome)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(cx, pieces);
        self.written(cx, outcome)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// Reached only when nothing is left to be written: hyper writes what it holds before it flushes.
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(Pin::new(&mut self.stream).poll_flush(cx))?;
        self.stall = None;
        if self.pulse.phase() == Phase::Taking {
            self.pulse.set(Phase::Idle);
            self.waiting = None;
        }
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
