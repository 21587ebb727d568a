use std::sync::atomic::{AtomicU64, Ordering};

use crate::ports::Entropy;

/// Counts, so that every text is another one and every run the same.
#[derive(Debug, Default)]
pub struct CountingEntropy(AtomicU64);

impl Entropy for CountingEntropy {
    fn unguessable(&self) -> String {
        format!("{:043}", self.0.fetch_add(1, Ordering::SeqCst))
    }
}
