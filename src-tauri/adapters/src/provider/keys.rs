//! The keys a provider signs with (RFC 7517).

use evergrant_domain::{Code, Fault};
use openidconnect::core::CoreJsonWebKeySet;

use super::{Address, Endpoint, Http};

/// # Errors
/// `ProviderUnreadable` for what is no key set; otherwise as the call failed.
pub(super) async fn fetch(http: &Http, address: &Address) -> Result<CoreJsonWebKeySet, Fault> {
    let answer = http.read(Endpoint::Keys, address).await?;
    let words = |_| Fault::with_detail(Code::ProviderUnreadable, "the key set makes no sense");
    serde_json::from_slice(&answer.body).map_err(words)
}
