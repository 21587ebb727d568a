//! The way to the broker, started first where that was asked for.

use std::time::Duration;

use evergrant_protocol::client::{Client, Unreachable};

use crate::start;
use crate::stop::Stop;

/// For what the broker can say at once.
pub const SHORT: Duration = Duration::from_secs(10);
/// For what may take a provider, a vault and a few tries.
pub const LONG: Duration = Duration::from_secs(120);

/// A connection; with `start`, Evergrant is started where nothing runs.
pub fn reach(start: bool) -> Result<Client, Stop> {
    match Client::connect() {
        Err(Unreachable::NotRunning) if start => start::start(),
        reached => Ok(reached?),
    }
}
