//! One cheap call to an API, to see whether it works.

use evergrant_domain::{AccessToken, Api, Code, Fault};
use evergrant_engine::ports::ProbeAnswer;

use super::{
    Address, Endpoint, Failure, Http, OidcProvider,
    bearer::get_with,
    classify,
    error_body::{Body, ErrorBody},
};

/// # Errors
/// `ProviderRefused` where the lease is not accepted or no call is known for this API; otherwise as
/// the call failed.
pub(super) async fn probe(
    provider: &OidcProvider,
    api: Api,
    token: &AccessToken,
) -> Result<ProbeAnswer, Fault> {
    let known = provider
        .data
        .probe(api)
        .and_then(|probe| Address::parse(&probe.url).ok());
    let none = || Fault::with_detail(Code::ProviderRefused, "no call is known to test this API");
    let request = get_with(token, &known.ok_or_else(none)?)?;
    match provider.http.call(Endpoint::Api, request, Http::LONGEST).await {
        Ok(_) => Ok(ProbeAnswer::Works),
        Err(failure) => closed(&failure).ok_or_else(|| classify(Endpoint::Api, &failure)),
    }
}

/// A refusal that says which door is closed.
///
/// Source: Google, "Errors" (`google.rpc.ErrorInfo`) and the older JSON errors of its APIs.
fn closed(failure: &Failure) -> Option<ProbeAnswer> {
    let Failure::Refused {
        status: 403, body, ..
    } = failure
    else {
        return None;
    };
    let Body::Error(ErrorBody { error, reasons, .. }) = Body::read(body) else {
        return None;
    };
    let mut words = reasons.iter().map(String::as_str).chain([error.as_str()]);
    words.find_map(|word| match word {
        "SERVICE_DISABLED" | "accessNotConfigured" => Some(ProbeAnswer::SwitchedOff),
        "ACCESS_TOKEN_SCOPE_INSUFFICIENT" | "insufficientPermissions" | "insufficient_scope" => {
            Some(ProbeAnswer::NotAllowed)
        }
        _ => None,
    })
}
