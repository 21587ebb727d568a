//! Where a connection stands, for those who watch it.

use std::sync::atomic::{AtomicU8, Ordering::Relaxed};

use tokio::sync::Notify;

/// Where a connection stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Nothing was asked that was not answered.
    Idle,
    /// A request began, and its head is not whole.
    Head,
    /// Somebody thinks about the answer.
    Answering,
    /// The answer is on its way out.
    Taking,
}

/// Written by the connection's own task alone; the hall looks at it and may ask the connection to end.
pub(super) struct Pulse {
    phase: AtomicU8,
    dismissal: Notify,
}

impl Pulse {
    pub(super) fn new() -> Self {
        Self {
            phase: AtomicU8::new(Phase::Idle as u8),
            dismissal: Notify::new(),
        }
    }

    pub(super) fn phase(&self) -> Phase {
        match self.phase.load(Relaxed) {
            0 => Phase::Idle,
            1 => Phase::Head,
            2 => Phase::Answering,
            _ => Phase::Taking,
        }
    }

    pub(super) fn set(&self, phase: Phase) {
        self.phase.store(phase as u8, Relaxed);
    }

    /// Asks the connection to end: at once where it is idle, else after its answer.
    pub(super) fn dismiss(&self) {
        self.dismissal.notify_one();
    }

    pub(super) async fn dismissed(&self) {
        self.dismissal.notified().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phase_is_read_as_it_was_written() {
        let pulse = Pulse::new();
        assert_eq!(pulse.phase(), Phase::Idle);
        for phase in [Phase::Head, Phase::Answering, Phase::Taking, Phase::Idle] {
            pulse.set(phase);
            assert_eq!(pulse.phase(), phase);
        }
    }
}
