//! The login keychain of macOS.

use std::{collections::HashMap, sync::Arc};

use apple_native_keyring_store::keychain::Store;
use evergrant_domain::Code;
use keyring_core::{CredentialStore, Entry, Result};

use super::call::Call;

pub(super) fn open() -> Result<Arc<CredentialStore>> {
    Ok(Store::new()?)
}

/// Items are shown under their service; the store gives them no label.
pub(super) fn ways(_label: &str) -> Option<HashMap<&str, &str>> {
    None
}

pub(super) fn search(service: &str) -> HashMap<&str, &str> {
    HashMap::from([("service", service)])
}

/// Whether the keychain is locked cannot be asked; a call that waits is taken to wait for a person.
pub(super) fn unlock_items(call: &Call, _service: &str) -> Result<()> {
    call.saw_locked();
    Ok(())
}

/// The keychain asks for its password by itself at the first use.
pub(super) fn unlock(call: &Call, service: &str) -> Result<()> {
    unlock_items(call, service)
}

pub(super) fn relabel(_entry: &Entry, _label: &str) {}

/// Source: Apple, "Security Framework Result Codes".
pub(super) fn code(cause: &(dyn std::error::Error + Send + Sync + 'static)) -> Code {
    const CANCELLED: i32 = -128;
    const REFUSED: i32 = -25_293;
    const NO_INTERACTION: i32 = -25_308;
    const NO_KEYCHAIN: [i32; 3] = [-25_291, -25_294, -25_307];
    match cause
        .downcast_ref::<security_framework::base::Error>()
        .map(|error| error.code())
    {
        Some(CANCELLED | REFUSED) => Code::VaultDismissed,
        Some(NO_INTERACTION) => Code::VaultLocked,
        Some(code) if NO_KEYCHAIN.contains(&code) => Code::VaultAbsent,
        _ => Code::VaultFailed,
    }
}
