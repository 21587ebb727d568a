//! How often and when grants were used: counted in memory, saved now and then.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use evergrant_domain::Timestamp;

use crate::ports::{Grant, GrantId};

#[derive(Debug, Default)]
pub struct Usage(Mutex<Inside>);

#[derive(Debug, Default)]
struct Inside {
    figures: HashMap<GrantId, Figures>,
    /// Used since they were last saved.
    unsaved: HashSet<GrantId>,
}

#[derive(Clone, Copy, Debug)]
struct Figures {
    uses: u64,
    last: Timestamp,
}

impl Usage {
    pub fn note(&self, grants: &[GrantId], now: Timestamp) {
        let mut inside = self.lock();
        for id in grants {
            if let Some(figures) = inside.figures.get_mut(id) {
                figures.uses += 1;
                figures.last = now;
            } else {
                inside.figures.insert(id.clone(), Figures { uses: 1, last: now });
            }
            if !inside.unsaved.contains(id) {
                inside.unsaved.insert(id.clone());
            }
        }
    }

    /// The grant with what was counted since the start.
    pub fn on(&self, grant: &Grant) -> Grant {
        let figures = self.lock().figures.get(&grant.id).copied();
        let mut grant = grant.clone();
        if let Some(figures) = figures {
            grant.uses += figures.uses;
            grant.last_used = Some(figures.last);
        }
        grant
    }

    /// The grants that were used since this was last asked.
    pub fn take_used(&self) -> HashSet<GrantId> {
        std::mem::take(&mut self.lock().unsaved)
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
