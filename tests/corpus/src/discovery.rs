//! A provider's own document about itself.

use evergrant_adapters::provider::wireless;
use evergrant_domain::Code;
use serde_json::Value;
use url::Url;

use crate::addresses::may_be_called;

const ISSUER: &str = "https://issuer.example/tenant";

/// Never a panic; a document is followed only where it speaks for the issuer that was asked, and only to
/// addresses that it names and that may be called.
pub fn discovery(bytes: &[u8]) {
    let addresses = match wireless::discovered(ISSUER, bytes) {
        Ok(addresses) => addresses,
        Err(fault) => return assert_eq!(fault.code, Code::ProviderUnreadable),
    };
    for (name, address) in &addresses {
        assert!(may_be_called(address), "{name}: {address}");
    }
    // Less patient with what is not read anyway.
    let Ok(json) = serde_json::from_slice::<Value>(bytes) else {
        return;
    };
    assert_eq!(json["issuer"], ISSUER, "a document that speaks for another");
    for (name, address) in addresses {
        let named = json[name].as_str().and_then(|text| Url::parse(text).ok());
        assert_eq!(named.map(String::from), Some(address), "{name}");
    }
}
