use std::collections::VecDeque;
use std::sync::Mutex;

use evergrant_domain::{Code, Fault};

use super::locked;

/// How a fake takes its next calls: it works, unless told otherwise.
#[derive(Debug, Default)]
pub struct Mood {
    next: Mutex<VecDeque<Fault>>,
    always: Mutex<Option<Code>>,
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

    /// Says how this call goes.
    pub(super) fn turn(&self) -> Result<(), Fault> {
        let always = locked(&self.always).map(Fault::from);
        locked(&self.next).pop_front().or(always).map_or(Ok(()), Err)
    }
}
