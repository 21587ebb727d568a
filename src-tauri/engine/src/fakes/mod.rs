//! Every port in memory, for tests. Each fake can be told to fail next, to fail always, or to hold
//! its answer back; all write what was asked of them, without secrets, into one journal.

mod browser;
mod clock;
mod entropy;
mod history;
mod house;
mod journal;
mod ledger;
mod mood;
mod network;
mod people;
mod pictures;
mod provider;
mod redirects;
mod vault;

pub use browser::FakeBrowser;
pub use clock::FakeClock;
pub use entropy::CountingEntropy;
pub use history::MemoryHistory;
pub use house::{FakeHouse, provider_id};
pub use journal::{Call, Journal};
pub use ledger::MemoryLedger;
pub use mood::Mood;
pub use network::FakeNetwork;
pub use people::{grant, lease, person, subject};
pub use pictures::MemoryPictures;
pub use provider::{Narrowing, ScriptedProvider};
pub use redirects::FakeRedirects;
pub use vault::MemoryVault;

use std::sync::{Mutex, MutexGuard, PoisonError};

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
