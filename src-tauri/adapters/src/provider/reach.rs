use evergrant_domain::{
    Fault, Timestamp,
    provider::{Endpoints, Provider},
};

use super::{Address, Endpoint, Http, classify};

/// Whether the provider can be reached, and what time it is there (`Date`, RFC 9110 6.6.1).
///
/// # Errors
/// `Offline` and its like; that it refuses is an answer too.
pub async fn reach(http: &Http, provider: &Provider) -> Result<Option<Timestamp>, Fault> {
    let text = match &provider.endpoints {
        Endpoints::Explicit(endpoints) => &endpoints.token,
        Endpoints::Discovered => &provider.issuer,
    };
    let address = Address::parse(text).map_err(|_| Fault::from(evergrant_domain::Code::ProviderUnknown))?;
    let told = http.date(&address).await;
    told.map_err(|failure| classify(Endpoint::Discovery, &failure))
}
