use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

/// Hears Ctrl-C, a closed terminal and a request to end, so that what was begun can be given up first.
pub struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    pub fn listen() -> Self {
        let heard = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            // Where it cannot be heard, it ends the process as it always did.
            let _ = signal_hook::flag::register(signal, Arc::clone(&heard));
        }
        Self(heard)
    }

    pub fn came(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Sleeps, but not past an interrupt.
    pub fn pause(&self, length: Duration) {
        let until = Instant::now() + length;
        while !self.came() && Instant::now() < until {
            thread::sleep(Duration::from_millis(50).min(length));
        }
    }
}
