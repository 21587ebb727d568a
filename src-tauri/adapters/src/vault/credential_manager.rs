//! The Credential Manager of Windows.

use std::{collections::HashMap, sync::Arc};

use evergrant_domain::Code;
use keyring_core::{CredentialStore, Entry, Result};
use windows_native_keyring_store::Store;

use super::call::Call;

/// The divider between user and service then cannot be mistaken for a part of the service.
pub(super) fn open() -> Result<Arc<CredentialStore>> {
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
pub(super) fn unlock_items(_call: &Call, _service: &str) -> Result<()> {
    Ok(())
}

pub(super) fn unlock(_call: &Call, _service: &str) -> Result<()> {
    Ok(())
}

pub(super) fn relabel(_entry: &Entry, _label: &str) {}

/// The store tells one cause from all others, and by its words only.
pub(super) fn code(cause: &(dyn std::error::Error + Send + Sync + 'static)) -> Code {
    if cause.to_string().contains("ERROR_NO_SUCH_LOGON_SESSION") {
        Code::VaultAbsent
    } else {
        Code::VaultFailed
    }
}
