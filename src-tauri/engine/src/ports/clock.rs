use evergrant_domain::{Moment, Timestamp};

/// The clocks of this computer.
pub trait Clock: Send + Sync {
    fn moment(&self) -> Moment;

    /// What the clock on the wall says.
    fn now(&self) -> Timestamp {
        self.moment().wall
    }
}
