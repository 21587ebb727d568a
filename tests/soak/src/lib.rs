//! The crash test. The agent without a window is killed at every named step and at random moments, while
//! accounts are connected, refreshed, reconnected and disconnected, with a real keyring and against the
//! practice Google. It is started again and brought to rest; then every promise is looked after:
//!
//! - nothing lost: what the vault could still open is still connected, and refreshes;
//! - nothing doubled: an account has one vault item and one row, and no note of a consent is left;
//! - no orphan: nobody has a live refresh token at the provider without an account here;
//! - what was begun is ended: no account stays half disconnected;
//! - the ledger opens and is whole.
//!
//! - `stage`: a home, a message bus, a keyring, a provider and the programs, for one run.
//! - `look`: what lies where, seen from outside of the agent.
//! - `docket`, `death`, `deed`: what is done, and when the agent dies of it.
//! - `trial` and `promises`: one death, and what must hold after it.
//! - `run`: trial after trial; `tally` and `story` are what it says about them.

mod chance;
mod death;
mod deed;
mod docket;
mod failure;
mod look;
mod promises;
mod run;
mod season;
mod stage;
mod story;
mod tally;
mod trial;

pub use failure::Failure;
pub use run::{Wish, run};
pub use tally::Tally;
