//! The keys a provider signs with (RFC 7517).

use evergrant_domain::{Code, Fault};
use openidconnect::core::CoreJsonWebKeySet;

use super::{Address, Endpoint, Http};

/// # Errors
/// `ProviderUnreadable` for what is no key set; otherwise as the call failed.
pub(super) async fn fetch(http: &Http, address: &Address) -> Result<CoreJsonWebKeySet, Fault> {
    let answer = http.read(Endpoint::Keys, address).await?;
    read(&answer.body)
}

/// The set that this text is.
pub(super) fn read(text: &[u8]) -> Result<CoreJsonWebKeySet, Fault> {
    let words = |_| Fault::with_detail(Code::ProviderUnreadable, "the key set makes no sense");
    serde_json::from_slice(text).map_err(words)
}
