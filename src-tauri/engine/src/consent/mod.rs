//! The driver of one consent attempt: listens, opens the browser, exchanges, stores.

mod driver;
mod errand;
mod giving_back;
mod handle;
mod note;
mod question;
mod settling;
mod telling;

pub(crate) use driver::{Driver, Shared};
pub use errand::Errand;
pub use handle::ConsentHandle;
pub(crate) use note::ConsentNote;
pub(crate) use settling::settle;
