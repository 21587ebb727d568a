//! Who uses a profile: any number of programs that serve it, or one that moves everything in it.
//!
//! The socket's lock does not say it: another socket can be named, and a window without a socket still has
//! its accounts open.

use std::{path::Path, time::Duration};

use evergrant_domain::Fault;

use crate::private_file::Lock;

/// A program that just ended may hold it for a moment longer.
const PATIENCE: Duration = Duration::from_secs(2);

/// Held for as long as the profile is used.
#[derive(Debug)]
pub struct Tenancy {
    _held: Lock,
}

impl Tenancy {
    /// For serving the profile, beside others that do. Blocks for a few seconds at most.
    ///
    /// # Errors
    /// `VaultFileBusy` while its items are moved or brought back.
    pub fn shared(data: &Path) -> Result<Self, Fault> {
        let held = Lock::take_shared(&data.join("in_use.lock"), PATIENCE)?;
        Ok(Self { _held: held })
    }

    /// For changing everything in the profile, which nobody may serve meanwhile.
    ///
    /// # Errors
    /// `VaultFileBusy` while anybody serves it.
    pub fn alone(data: &Path) -> Result<Self, Fault> {
        let held = Lock::take(&data.join("in_use.lock"), PATIENCE)?;
        Ok(Self { _held: held })
    }
}

#[cfg(test)]
mod tests {
    use evergrant_domain::Code;

    use super::*;

    #[test]
    fn many_serve_and_one_moves_but_never_both() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = Tenancy::shared(folder.path()).expect("free");
        let second = Tenancy::shared(folder.path()).expect("beside the first");
        drop(first);
        let refused = Tenancy::alone(folder.path()).expect_err("one still serves");
        assert_eq!(refused.code, Code::VaultFileBusy);
        drop(second);
        let alone = Tenancy::alone(folder.path()).expect("free");
        let refused = Tenancy::shared(folder.path()).expect_err("it is being moved");
        assert_eq!(refused.code, Code::VaultFileBusy);
        drop(alone);
    }
}
