//! What every vault, ledger and history must do, the fakes and the real ones alike.
//!
//! A fake that is kinder than the real thing makes every test above it worthless; so both pass
//! through the same assertions.

mod history;
mod ledger;
mod vault;

pub use history::history;
pub use ledger::ledger;
pub use vault::vault;
