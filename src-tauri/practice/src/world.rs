//! All that the endpoints share, each part behind its own short lock.

use crate::{
    chance::Chance,
    clock::{Clock, Moment},
    faults::schedule::Schedule,
    journal::Journal,
    keys::Keys,
    state::State,
};
use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, Ordering},
};
use tokio::sync::Notify;

pub struct World {
    pub base_url: String,
    pub issuer: String,
    pub control_key: String,
    state: Mutex<State>,
    clock: Mutex<Clock>,
    chance: Mutex<Chance>,
    faults: Mutex<Schedule>,
    journal: Mutex<Journal>,
    keys: Mutex<Keys>,
    unsaved: AtomicBool,
    /// Woken after each change, for whoever saves.
    pub changed: Notify,
}

pub type Shared = Arc<World>;

impl World {
    pub fn new(base_url: String, issuer: String, control_key: String, state: State, chance: Chance) -> Self {
        Self {
            base_url,
            issuer,
            control_key,
            state: Mutex::new(state),
            clock: Mutex::default(),
            chance: Mutex::new(chance),
            faults: Mutex::default(),
            journal: Mutex::default(),
            keys: Mutex::new(Keys::embedded()),
            unsaved: AtomicBool::new(false),
            changed: Notify::new(),
        }
    }

    pub fn look<T>(&self, at: impl FnOnce(&State, Moment) -> T) -> T {
        let now = self.clock().now();
        at(&lock(&self.state), now)
    }

    pub fn change<T>(&self, act: impl FnOnce(&mut State, Moment, &mut Chance) -> T) -> T {
        let now = self.clock().now();
        let outcome = act(&mut lock(&self.state), now, &mut lock(&self.chance));
        self.unsaved.store(true, Ordering::Release);
        self.changed.notify_one();
        outcome
    }

    /// Whether anything changed since this was last asked.
    pub fn take_unsaved(&self) -> bool {
        self.unsaved.swap(false, Ordering::AcqRel)
    }

    pub fn mark_unsaved(&self) {
        self.unsaved.store(true, Ordering::Release);
    }

    pub fn clock(&self) -> MutexGuard<'_, Clock> {
        lock(&self.clock)
    }

    pub fn chance(&self) -> MutexGuard<'_, Chance> {
        lock(&self.chance)
    }

    pub fn faults(&self) -> MutexGuard<'_, Schedule> {
        lock(&self.faults)
    }

    pub fn journal(&self) -> MutexGuard<'_, Journal> {
        lock(&self.journal)
    }

    pub fn keys(&self) -> MutexGuard<'_, Keys> {
        lock(&self.keys)
    }
}

/// A panic in one request must not silence all later ones: every change is complete or absent.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
