//! What runs behind the interface, and how all of it ends.

use std::sync::{Arc, OnceLock};

use tokio::sync::watch;

use crate::profiles::Profiles;
use crate::programs::Programs;

/// The profiles and the broker.
pub struct Running {
    pub profiles: Arc<Profiles>,
    pub programs: Arc<OnceLock<Programs>>,
    /// The door is shut, or was never open.
    pub shut: watch::Receiver<bool>,
}

impl Running {
    /// Waits until programs are no longer served, which is also when the door could not be opened.
    pub async fn until_shut(&self) {
        let mut shut = self.shut.clone();
        // A sender that is gone has shut too.
        let _ = shut.wait_for(|shut| *shut).await;
    }

    /// Ends every task within a deadline. Twice is once.
    pub async fn close(&self) {
        if let Some(programs) = self.programs.get() {
            programs.close().await;
            self.until_shut().await;
        }
        self.profiles.close().await;
    }
}
