//! A grant ends at the provider (RFC 7009).

use evergrant_domain::{Client, Fault, RefreshToken, provider::OfflineAccess};
use http::{HeaderValue, Request, header};
use url::form_urlencoded::Serializer;

use super::{
    Address, Endpoint, Failure, Http, OidcProvider, classify,
    discovery::Listening,
    error_body::{Body, ErrorBody},
};

/// Done once the provider says so, or says that the grant is already gone.
///
/// # Errors
/// As the call failed; then nothing is known, and it can be asked again.
pub(super) async fn revoke(
    provider: &OidcProvider,
    client: &Client,
    token: &RefreshToken,
) -> Result<(), Fault> {
    let listening = provider.listening().await?;
    let Some(address) = &listening.revocation else {
        return Ok(());
    };
    let request = request(provider.data.offline, &listening, address, client, token);
    match provider
        .http
        .call(Endpoint::Revocation, request, Http::LONGEST)
        .await
    {
        Ok(_) => Ok(()),
        Err(failure) if already_gone(&failure) => Ok(()),
        Err(failure) => Err(classify(Endpoint::Revocation, &failure)),
    }
}

/// Google wants the token alone; RFC 7009 2.1 wants the client too.
fn request(
    offline: OfflineAccess,
    listening: &Listening,
    address: &Address,
    client: &Client,
    token: &RefreshToken,
) -> Request<Vec<u8>> {
    let mut form = Serializer::new(String::new());
    form.append_pair("token", token.expose());
    let credentials = match offline {
        OfflineAccess::AccessType => None,
        OfflineAccess::Scope => listening.client_auth.apply(client, &mut form),
    };
    let mut request = super::http::get(address).map(|_| form.finish().into_bytes());
    *request.method_mut() = http::Method::POST;
    let form_type = HeaderValue::from_static("application/x-www-form-urlencoded");
    request.headers_mut().insert(header::CONTENT_TYPE, form_type);
    if let Some(credentials) = credentials {
        request.headers_mut().insert(header::AUTHORIZATION, credentials);
    }
    request
}

/// RFC 7009 2.2 wants a 200 here; Google says 400 `invalid_token`.
fn already_gone(failure: &Failure) -> bool {
    let Failure::Refused {
        status: 400, body, ..
    } = failure
    else {
        return false;
    };
    matches!(Body::read(body), Body::Error(ErrorBody { error, .. }) if error == "invalid_token")
}
