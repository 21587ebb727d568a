//! No door yet.
//!
//! On Windows the door would be a named pipe. One made without a descriptor of its own gets the
//! default one: full control for its owner, administrators and the system, and reading for everybody, anonymous callers
//! included. A descriptor for the owner alone takes a call that Rust cannot check
//! (`ServerOptions::create_with_security_attributes_raw`), and this program has none of those. So
//! there is no door here, rather than one that stands ajar.

use std::{path::Path, sync::Arc};

use tokio::sync::watch;

use super::{DoorTrouble, Limits, Reception};
use crate::witness::Witness;

/// Cannot be had.
pub enum Door {}

impl Door {
    /// # Errors
    /// Always [`DoorTrouble::NoPlace`].
    pub fn open(_path: &Path) -> Result<Self, DoorTrouble> {
        Err(DoorTrouble::NoPlace)
    }

    /// Nothing is ever handed over here.
    ///
    /// # Errors
    /// None.
    pub fn inherited() -> Result<Option<Self>, DoorTrouble> {
        Ok(None)
    }

    #[must_use]
    pub fn with_limits(self, _limits: Limits) -> Self {
        self
    }

    pub fn path(&self) -> Option<&Path> {
        match *self {}
    }

    pub async fn serve(
        self,
        _witness: Arc<dyn Witness>,
        _reception: Arc<dyn Reception>,
        _stop: watch::Receiver<bool>,
    ) {
        match self {}
    }
}
