//! Requests that show an access token (RFC 6750 2.1).

use evergrant_domain::{AccessToken, Code, Fault};
use http::{HeaderValue, Request, header};
use zeroize::Zeroizing;

use super::{Address, http::get};

/// # Errors
/// `ProviderUnreadable` for a token that no header can carry.
pub(super) fn get_with(token: &AccessToken, address: &Address) -> Result<Request<Vec<u8>>, Fault> {
    let text = Zeroizing::new(format!("Bearer {}", token.expose()));
    let mut value = HeaderValue::from_str(&text).map_err(|_| Fault::from(Code::ProviderUnreadable))?;
    value.set_sensitive(true);
    let mut request = get(address);
    request.headers_mut().insert(header::AUTHORIZATION, value);
    Ok(request)
}
