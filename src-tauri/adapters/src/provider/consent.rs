//! The link of the consent page (RFC 6749 4.1.1, RFC 7636 4.3, OIDC Core 3.1.2.1).

use evergrant_domain::{
    Code, Fault, Scope,
    consent::ask::{lasting_access, sent_scopes},
    provider::OfflineAccess,
};
use evergrant_engine::ports::ConsentAsk;
use oauth2::{
    AuthUrl, ClientId, CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, basic::BasicClient,
};

use super::Address;

/// # Errors
/// `RequestRefused` for a redirect or a verifier that no provider would take.
pub(super) fn link(page: &Address, offline: OfflineAccess, ask: &ConsentAsk<'_>) -> Result<String, Fault> {
    let redirect = RedirectUrl::new(ask.redirect_uri.to_owned());
    let redirect = redirect.map_err(|_| ours("the redirect address"))?;
    let scopes = sent_scopes(offline, ask.scopes);
    let client = BasicClient::new(ClientId::new(ask.client_id.to_owned()))
        .set_auth_uri(AuthUrl::from_url(page.url().clone()))
        .set_redirect_uri(redirect);
    let mut request = client
        .authorize_url(|| CsrfToken::new(ask.secrets.state.expose().to_owned()))
        .set_pkce_challenge(challenge(ask.secrets.verifier.expose())?)
        .add_scopes(
            scopes
                .iter()
                .map(|scope| oauth2::Scope::new(sent(scope).to_owned())),
        )
        .add_extra_param("nonce", ask.secrets.nonce.expose());
    for (name, value) in lasting_access(offline, ask.purpose) {
        request = request.add_extra_param(name, value);
    }
    Ok(request.url().0.into())
}

/// The short spelling is the standard one (OIDC Core 5.4), and Google knows it too;
/// its own long one means nothing elsewhere.
pub(super) fn sent(scope: &Scope) -> &str {
    match scope.as_str() {
        Scope::EMAIL => "email",
        Scope::PROFILE => "profile",
        other => other,
    }
}

fn challenge(verifier: &str) -> Result<PkceCodeChallenge, Fault> {
    if !(43..=128).contains(&verifier.len()) {
        return Err(ours("the length of the PKCE verifier"));
    }
    let verifier = PkceCodeVerifier::new(verifier.to_owned());
    Ok(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
}

fn ours(what: &str) -> Fault {
    Fault::with_detail(Code::RequestRefused, &format!("{what} is not valid"))
}
