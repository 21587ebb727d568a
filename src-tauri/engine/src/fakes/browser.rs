use std::sync::Mutex;

use evergrant_domain::Fault;

use super::{Call, Journal, Mood, locked};
use crate::ports::Browser;

/// A browser that only remembers what it was to open.
#[derive(Default)]
pub struct FakeBrowser {
    pub open: Mood,
    opened: Mutex<Vec<String>>,
    journal: Journal,
}

impl FakeBrowser {
    pub fn new(journal: &Journal) -> Self {
        Self {
            journal: journal.clone(),
            ..Self::default()
        }
    }

    /// The links it opened, in order.
    pub fn opened(&self) -> Vec<String> {
        locked(&self.opened).clone()
    }
}

impl Browser for FakeBrowser {
    fn open(&self, link: &str) -> Result<(), Fault> {
        self.journal.note(Call::BrowserOpen);
        self.open.turn_now()?;
        locked(&self.opened).push(link.to_owned());
        Ok(())
    }
}
