//! The driver of one consent attempt: listens, opens the browser, exchanges, stores.

mod driver;
mod errand;

pub use driver::ConsentHandle;
pub(crate) use driver::{Driver, Shared};
pub use errand::Errand;
