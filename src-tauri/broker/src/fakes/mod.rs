//! Ports in memory, for tests. Each fake can be told to fail next, or to fail always.

mod book;
mod log;
mod mood;

pub use book::FakeBook;
pub use log::FakeLog;
pub use mood::Mood;

use std::sync::{Mutex, MutexGuard, PoisonError};

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
