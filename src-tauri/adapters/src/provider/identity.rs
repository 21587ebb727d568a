//! Who signed in, as the `id_token` proves it (OIDC Core 3.1.3.7).

use std::{
    ops::Deref,
    str::FromStr,
    time::{Duration, UNIX_EPOCH},
};

use evergrant_domain::{AccessToken, Person, Subject, Timestamp, secret::Nonce};
use openidconnect::{
    AccessTokenHash, AdditionalClaims, ClaimsVerificationError, ClientId, IdToken, IdTokenClaims,
    IdTokenVerifier, IssuerUrl, LocalizedClaim, SignatureVerificationError,
    core::{
        CoreGenderClaim, CoreIdTokenVerifier, CoreJsonWebKeySet, CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    },
};
use serde::{Deserialize, Serialize};

/// What the token must say.
pub(super) struct Expected<'a> {
    pub issuer: &'a str,
    pub client_id: &'a str,
    pub nonce: &'a Nonce,
    pub access_token: &'a AccessToken,
    pub now: Timestamp,
}

/// Why it proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unproven {
    Malformed,
    /// No key here fits; a newer set may have it.
    UnknownKey,
    Signature,
    Issuer,
    Audience,
    AuthorizedParty,
    Expired,
    Nonce,
    AccessTokenHash,
}

/// Google names the organisation.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Organisation {
    hd: Option<String>,
}

impl AdditionalClaims for Organisation {}

type Token =
    IdToken<Organisation, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;
type Claims = IdTokenClaims<Organisation, CoreGenderClaim>;

/// Clocks differ a little.
const LEEWAY: i64 = 60;

/// Checks signature (RS256 only), issuer, audience, end, nonce and what ties it to the access token.
pub(super) fn prove(
    id_token: &str,
    expected: &Expected<'_>,
    keys: &CoreJsonWebKeySet,
) -> Result<Person, Unproven> {
    let token = Token::from_str(id_token).map_err(|_| Unproven::Malformed)?;
    let verifier = verifier(expected, keys)?;
    let nonce = openidconnect::Nonce::new(expected.nonce.expose().to_owned());
    let claims = token
        .claims(&verifier, &nonce)
        .map_err(|error| Unproven::from(&error))?;
    check_parties(claims, expected.client_id)?;
    check_access_token(&token, claims, &verifier, expected.access_token)?;
    Ok(person(claims))
}

fn verifier<'a>(
    expected: &Expected<'_>,
    keys: &CoreJsonWebKeySet,
) -> Result<CoreIdTokenVerifier<'a>, Unproven> {
    let issuer = IssuerUrl::new(expected.issuer.to_owned()).map_err(|_| Unproven::Issuer)?;
    let client = ClientId::new(expected.client_id.to_owned());
    let seconds = u64::try_from(expected.now.0 - LEEWAY).unwrap_or(0);
    let now = UNIX_EPOCH + Duration::from_secs(seconds);
    // As a public client always: a desktop program's secret signs nothing that could be trusted.
    Ok(IdTokenVerifier::new_public_client(client, issuer, keys.clone())
        .set_allowed_algs([CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256])
        .set_time_fn(move || now.into()))
}

/// For this client and nobody else; the crate itself leaves `azp` to its caller.
fn check_parties(claims: &Claims, client_id: &str) -> Result<(), Unproven> {
    if claims.audiences().len() != 1 {
        return Err(Unproven::Audience);
    }
    match claims.authorized_party() {
        Some(party) if party.as_str() != client_id => Err(Unproven::AuthorizedParty),
        _ => Ok(()),
    }
}

fn check_access_token(
    token: &Token,
    claims: &Claims,
    verifier: &CoreIdTokenVerifier<'_>,
    access_token: &AccessToken,
) -> Result<(), Unproven> {
    let Some(claimed) = claims.access_token_hash() else {
        return Ok(());
    };
    let key = token.signing_key(verifier).map_err(|_| Unproven::Signature)?;
    let algorithm = token.signing_alg().map_err(|_| Unproven::Signature)?;
    let held = openidconnect::AccessToken::new(access_token.expose().to_owned());
    match AccessTokenHash::from_token(&held, algorithm, key) {
        Ok(hash) if hash == *claimed => Ok(()),
        _ => Err(Unproven::AccessTokenHash),
    }
}

fn person(claims: &Claims) -> Person {
    Person {
        subject: Subject {
            issuer: claims.issuer().to_string(),
            sub: claims.subject().to_string(),
        },
        email: claims.email().map(|email| email.to_string()),
        name: any_language(claims.name()),
        picture: any_language(claims.picture()),
        organisation: claims.additional_claims().hd.clone(),
    }
}

/// The text without a language, else the first there is.
fn any_language<T: Deref<Target = String>>(claim: Option<&LocalizedClaim<T>>) -> Option<String> {
    let claim = claim?;
    let text = claim
        .get(None)
        .or_else(|| claim.iter().next().map(|(_, text)| text));
    text.map(|text| text.to_string())
}

impl From<&ClaimsVerificationError> for Unproven {
    fn from(error: &ClaimsVerificationError) -> Self {
        use ClaimsVerificationError as E;
        match error {
            E::SignatureVerification(SignatureVerificationError::NoMatchingKey) => Self::UnknownKey,
            E::SignatureVerification(_) => Self::Signature,
            E::InvalidIssuer(_) => Self::Issuer,
            E::InvalidAudience(_) => Self::Audience,
            E::Expired(_) => Self::Expired,
            E::InvalidNonce(_) => Self::Nonce,
            _ => Self::Malformed,
        }
    }
}

impl Unproven {
    /// For people who want the details; never what the token itself says.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Malformed => "the id_token is malformed",
            Self::UnknownKey => "the id_token is signed with an unknown key",
            Self::Signature => "the id_token's signature is wrong",
            Self::Issuer => "the id_token is from another issuer",
            Self::Audience => "the id_token is for another client",
            Self::AuthorizedParty => "the id_token was asked for by another client",
            Self::Expired => "the id_token is out of date",
            Self::Nonce => "the id_token is from another attempt",
            Self::AccessTokenHash => "the id_token belongs to another access token",
        }
    }
}

#[cfg(test)]
mod tests;
