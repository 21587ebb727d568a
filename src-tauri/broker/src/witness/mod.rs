//! Who is asking: established at the door from what the kernel says of the other end, never from what
//! the other end says of itself.
//!
//! On Linux the peer's pidfd names one process for good, and everything else is read from `/proc` and
//! only believed if that process still lives afterwards. What is found is a label a person can judge, not
//! a proof against programs of the same person: SECURITY.md says what cannot be told apart.

mod caller;
#[cfg(target_os = "linux")]
mod desktop;
mod icon;
#[cfg(any(target_os = "linux", target_os = "macos"))]
mod label;
mod package;
mod peer;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
mod unknown;

#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "macos")]
use macos as system;
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
use unknown as system;

pub use caller::Caller;
pub use icon::{Icon, icon_of};
pub use package::package_of;
pub use peer::Peer;
#[cfg(all(target_os = "linux", any(test, feature = "fakes")))]
pub use system::readers;
pub use system::{SystemWitness, program_at};

/// Says which program is at the other end of a connection.
pub trait Witness: Send + Sync {
    /// Blocks while it reads: microseconds for a program seen before, and as long as it takes to digest an
    /// executable that this person can change (at most 256 MiB) where that is new.
    ///
    /// # Errors
    /// Why nothing can be said, so that nothing is given.
    fn identify(&self, peer: Peer) -> Result<Caller, Unseen>;
}

/// Why a program cannot be named at all. Nobody is asked about such a one: it gets nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unseen {
    #[error("the program ended before it could be looked at")]
    Gone,
    #[error("the process belongs to another person")]
    Stranger,
    #[error("the process runs in a sandbox whose id cannot be read")]
    UnknownSandbox,
}
