//! The Credential Manager of Windows.

use std::{collections::HashMap, sync::Arc};

use evergrant_domain::Code;
use keyring_core::{CredentialStore, Entry, Result};
use windows_native_keyring_store::Store;

use super::call::{Asking, Call};

/// The most bytes one item may have. Source: Microsoft, `wincred.h`, `CRED_MAX_CREDENTIAL_BLOB_SIZE`.
pub(super) const LARGEST: usize = 5 * 512;

/// The divider between user and service then cannot be mistaken for a part of the service.
pub(super) fn open(_call: &Call) -> Result<Arc<CredentialStore>> {
    let plain = HashMap::from([("service_no_divider", "true")]);
    Ok(Store::new_with_configuration(&plain)?)
}

/// Kept on this computer: a roaming profile would carry the item to others.
pub(super) fn ways(_label: &str) -> Option<HashMap<&str, &str>> {
    Some(HashMap::from([("persistence", "Local")]))
}

/// Everything, as the store searches by pattern only; the items are told apart by service.
pub(super) fn search(_service: &str) -> HashMap<&str, &str> {
    HashMap::new()
}

/// Open whenever its person is signed in.
pub(super) fn unlock_items(_call: &Call, _service: &str, _asking: Asking) -> Result<()> {
    Ok(())
}

pub(super) fn unlock(call: &Call, service: &str) -> Result<()> {
    unlock_items(call, service, Asking::Always)
}

pub(super) fn not_found(_call: &Call) -> Result<Code> {
    Ok(Code::VaultItemMissing)
}

/// Nothing is kept between calls.
pub(super) fn hang_up() {}

pub(super) fn relabel(_entry: &Entry, _label: &str) {}

/// The store keeps its error to itself and shows it in words, of which these stand for one cause each.
///
/// Source: Microsoft, "System Error Codes": 5 is `ERROR_ACCESS_DENIED`, and 1783
/// (`RPC_X_BAD_STUB_DATA`) is the answer to an item that is too large.
pub(super) fn code(cause: &(dyn std::error::Error + Send + Sync + 'static)) -> Code {
    match cause.to_string().as_str() {
        "Windows ERROR_NO_SUCH_LOGON_SESSION" => Code::VaultAbsent,
        "Windows error code 5" => Code::VaultDenied,
        "Windows error code 1783" => Code::VaultTooSmall,
        _ => Code::VaultFailed,
    }
}
