//! How the last consent went, for the command that asked for it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use evergrant_domain::Fault;
use evergrant_engine::event::{Event, Step};
use evergrant_protocol::command::{Attempt, Trouble};

use crate::messages::say;

#[derive(Debug)]
pub struct LastAttempt(Mutex<Attempt>);

impl Default for LastAttempt {
    fn default() -> Self {
        Self(Mutex::new(at("none")))
    }
}

impl LastAttempt {
    /// A new one is asked for.
    pub fn begin(&self) {
        *self.lock() = at("opening");
    }

    /// It does not begin.
    pub fn none(&self) {
        *self.lock() = at("none");
    }

    pub fn hear(&self, event: &Event) {
        let mut last = self.lock();
        match event {
            Event::Attempt(Some(status)) => {
                *last = Attempt {
                    email: status.label.clone(),
                    deadline: Some(status.deadline.0),
                    fault: status.fault.as_ref().map(trouble),
                    ..at(step(status.step))
                };
            }
            Event::Connected { label, .. } => {
                *last = Attempt {
                    email: Some(label.clone()),
                    ..at("connected")
                };
            }
            Event::Attempt(None) if last.step != "connected" => *last = at("none"),
            _ => {}
        }
    }

    pub fn get(&self) -> Attempt {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Attempt> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A fault in words.
pub fn trouble(fault: &Fault) -> Trouble {
    let code = fault.code.as_str();
    Trouble {
        code: code.to_owned(),
        what: say(&format!("fault.{code}.what"), &[]),
        todo: say(&format!("fault.{code}.todo"), &[]),
        detail: fault.detail.as_ref().map(|words| words.as_str().to_owned()),
    }
}

fn at(step: &str) -> Attempt {
    Attempt {
        step: step.to_owned(),
        email: None,
        link: None,
        deadline: None,
        fault: None,
    }
}

const fn step(step: Step) -> &'static str {
    match step {
        Step::Opening => "opening",
        Step::Waiting => "waiting",
        Step::Finishing => "finishing",
        Step::Saving => "saving",
        Step::NotSaved => "not_saved",
        Step::Failed => "failed",
    }
}
