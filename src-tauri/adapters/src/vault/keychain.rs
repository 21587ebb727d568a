//! The login keychain of macOS.

use std::{collections::HashMap, sync::Arc};

use apple_native_keyring_store::keychain::Store;
use evergrant_domain::Code;
use keyring_core::{CredentialStore, Entry, Result};

use super::call::{Asking, Call};

/// The most bytes one item may have; the keychain itself names no bound.
pub(super) const LARGEST: usize = 256 * 1024;

pub(super) fn open(_call: &Call) -> Result<Arc<CredentialStore>> {
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
pub(super) fn unlock_items(call: &Call, _service: &str, _asking: Asking) -> Result<()> {
    call.waits_for_a_person(Code::VaultLocked);
    Ok(())
}

/// The keychain asks for its password by itself at the first use.
pub(super) fn unlock(call: &Call, service: &str) -> Result<()> {
    unlock_items(call, service, Asking::Always)
}

/// A locked keychain shows its items all the same.
pub(super) fn not_found(_call: &Call) -> Result<Code> {
    Ok(Code::VaultItemMissing)
}

/// Nothing is kept between calls.
pub(super) fn hang_up() {}

pub(super) fn relabel(_entry: &Entry, _label: &str) {}

/// Source: Apple, "Security Framework Result Codes" and `SecBase.h`.
pub(super) fn code(cause: &(dyn std::error::Error + Send + Sync + 'static)) -> Code {
    let error = cause.downcast_ref::<security_framework::base::Error>();
    match error.map(|error| error.code()) {
        // Cancelled, or the wrong password.
        Some(-128 | -25_293) => Code::VaultDismissed,
        // Nobody may be asked, or somebody has to be.
        Some(-25_308 | -25_315) => Code::VaultLocked,
        // Not available: no security session.
        Some(-25_291) => Code::VaultAbsent,
        // No such keychain, or none that is the default.
        Some(-25_294 | -25_307) => Code::VaultEmpty,
        // Write permissions, no access for this item, not its owner, read only, a missing entitlement.
        Some(-61 | -25_243 | -25_244 | -25_292 | -34_018) => Code::VaultDenied,
        Some(-25_302) => Code::VaultTooSmall,
        _ => Code::VaultFailed,
    }
}
