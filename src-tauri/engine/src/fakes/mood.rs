use std::collections::VecDeque;
use std::sync::Mutex;

use evergrant_domain::{Code, Fault};
use tokio::sync::watch;

use super::locked;

/// How a fake takes its next calls: it works, unless told otherwise.
#[derive(Debug)]
pub struct Mood {
    next: Mutex<VecDeque<Fault>>,
    always: Mutex<Option<Code>>,
    held: watch::Sender<bool>,
}

impl Default for Mood {
    fn default() -> Self {
        Self {
            next: Mutex::default(),
            always: Mutex::default(),
            held: watch::Sender::new(false),
        }
    }
}

impl Mood {
    /// The next call fails; told twice, the next two do.
    pub fn fail_next(&self, fault: impl Into<Fault>) {
        locked(&self.next).push_back(fault.into());
    }

    pub fn fail_always(&self, code: Code) {
        *locked(&self.always) = Some(code);
    }

    /// Works again.
    pub fn mend(&self) {
        *locked(&self.always) = None;
        locked(&self.next).clear();
    }

    /// From now on no call is answered until `release`.
    pub fn hold(&self) {
        self.held.send_replace(true);
    }

    pub fn release(&self) {
        self.held.send_replace(false);
    }

    /// Waits while held, then says how this call goes.
    pub(super) async fn turn(&self) -> Result<(), Fault> {
        let mut held = self.held.subscribe();
        // The sender lives as long as `self`, so waiting cannot fail.
        let _ = held.wait_for(|held| !held).await;
        self.turn_now()
    }

    /// The same for ports that do not wait.
    pub(super) fn turn_now(&self) -> Result<(), Fault> {
        let always = locked(&self.always).map(Fault::from);
        locked(&self.next).pop_front().or(always).map_or(Ok(()), Err)
    }
}
