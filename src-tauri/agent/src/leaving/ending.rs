//! Ending what providers gave, before anything is deleted that could still end it.

use evergrant_domain::{
    Code, Fault,
    lifecycle::{Reach, Standing},
};
use evergrant_engine::Engine;
use evergrant_engine::account::AccountHandle;
use evergrant_engine::ports::VaultKey;

use crate::interface::WaitingView;

/// What may still live at a provider.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Left {
    pub accounts: Vec<WaitingView>,
    /// Consents that were cut short and accounts that only the vault knows of.
    pub unfinished: usize,
}

impl Left {
    pub fn is_nothing(&self) -> bool {
        self.accounts.is_empty() && self.unfinished == 0
    }
}

/// Disconnects every account as if each were pressed; those that wait for the network are tried at once.
pub async fn disconnect_all(engine: &Engine) {
    call_off_attempt(engine).await;
    for account in engine.accounts() {
        disconnect(&account).await;
    }
}

/// Disconnects what is not being disconnected yet, and says what is left.
///
/// # Errors
/// The vault's, where it cannot be told whether nothing is left.
pub async fn end(engine: &Engine) -> Result<Left, Fault> {
    call_off_attempt(engine).await;
    let accounts = engine.accounts();
    for account in &accounts {
        if !matches!(account.status().standing, Standing::Disconnecting(_)) {
            disconnect(account).await;
        }
    }
    let unfinished = if accounts.is_empty() {
        unfinished(engine).await?
    } else {
        0
    };
    Ok(Left {
        accounts: accounts.iter().map(waiting).collect(),
        unfinished,
    })
}

/// What it brought a moment later would stay behind.
async fn call_off_attempt(engine: &Engine) {
    if let Some(attempt) = engine.attempt() {
        attempt.cancel().await;
    }
}

async fn disconnect(account: &AccountHandle) {
    // One that is at it already, or gone, is what was wanted.
    let _ = account.disconnect(Reach::Everywhere).await;
}

fn waiting(account: &AccountHandle) -> WaitingView {
    let status = account.status();
    let trouble = status.trouble.as_ref().filter(|_| status.busy.is_none());
    WaitingView {
        email: status.row.person.label().to_owned(),
        fault: trouble.map(Into::into),
    }
}

/// Nothing was ever kept where there is no vault.
async fn unfinished(engine: &Engine) -> Result<usize, Fault> {
    match engine.world().vault.keys().await {
        Ok(keys) => Ok(keys
            .iter()
            .filter(|key| !matches!(key, VaultKey::Client(_) | VaultKey::OnlyClient(_)))
            .count()),
        Err(fault) if is_no_vault(fault.code) => Ok(0),
        Err(fault) => Err(fault),
    }
}

/// The computer has none, or none was ever made.
pub const fn is_no_vault(code: Code) -> bool {
    matches!(code, Code::VaultAbsent | Code::VaultEmpty)
}
