//! Who a lease belongs to (OIDC Core 5.3).

use evergrant_domain::{AccessToken, Code, Fault, Person, Subject};
use serde::Deserialize;

use super::{Endpoint, Failure, Http, OidcProvider, bearer::get_with, classify};

#[derive(Deserialize)]
struct Answer {
    sub: String,
    email: Option<String>,
    name: Option<String>,
    picture: Option<String>,
    hd: Option<String>,
}

/// # Errors
/// `ProviderRefused` where the lease is not accepted or there is no such endpoint; otherwise as the
/// call failed.
pub(super) async fn person(provider: &OidcProvider, token: &AccessToken) -> Result<Person, Fault> {
    let listening = provider.listening().await?;
    let none = || Fault::with_detail(Code::ProviderRefused, "no userinfo endpoint");
    let request = get_with(token, listening.userinfo.as_ref().ok_or_else(none)?)?;
    let answer = provider
        .http
        .call(Endpoint::Userinfo, request, Http::LONGEST)
        .await;
    let answer = answer.map_err(|failure| classify(Endpoint::Userinfo, &failure))?;
    let read = serde_json::from_slice::<Answer>(&answer.body)
        .ok()
        .filter(|who| !who.sub.is_empty());
    let who = read.ok_or_else(|| classify(Endpoint::Userinfo, &Failure::Unreadable))?;
    Ok(Person {
        subject: Subject {
            issuer: provider.data.issuer.clone(),
            sub: who.sub,
        },
        email: who.email,
        name: who.name,
        picture: who.picture,
        organisation: who.hd,
    })
}
