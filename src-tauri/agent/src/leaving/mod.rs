//! Leaving for good: every account is disconnected, then everything is deleted, then the program ends.
//!
//! What was asked is noted on the disk before anything of it is done, so that it goes on at the next start. Revoking comes
//! first and files come last: whatever cuts it short, no access lives on at a provider that nobody here knows of, unless
//! a person chose not to wait for its end.

mod driver;
pub mod ending;
mod erasing;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use async_trait::async_trait;
use evergrant_adapters::leaving::Belongings;
use evergrant_domain::{Code, Fault};

pub(crate) use driver::House;
pub use driver::Leaving;
use ending::Left;

use crate::interface::ProfileName;
use crate::running::Running;

/// Takes away the last trace, the note. For whoever has nothing left to delete after the agent said that it is done.
pub fn finish() {
    if let Some(belongings) = Belongings::of_this_person()
        && let Err(fault) = belongings.finish()
    {
        tracing::warn!(code = fault.code.as_str(), "the note of leaving stays");
    }
}

/// The accounts and files of this person.
pub struct Ours {
    pub running: Arc<Running>,
    pub belongings: Belongings,
}

#[async_trait]
impl House for Ours {
    async fn end(&self) -> Result<Left, Fault> {
        // Practice accounts live nowhere but here.
        let personal = self.running.profiles.get(ProfileName::Personal).await?;
        ending::end(&personal.engine).await
    }

    async fn close(&self) {
        self.running.close().await;
    }

    async fn erase(&self, asked: bool, past_vault: bool) -> Result<(), Fault> {
        // Nothing goes that was not asked for where the next start would see it.
        if self.belongings.asked().is_none() {
            return Err(Code::Stopping.into());
        }
        erasing::erase(&self.belongings, asked, past_vault).await
    }
}
