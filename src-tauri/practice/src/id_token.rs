//! What an `id_token` says (OIDC Core 2 and 3.1.3.6; Google, "OIDC").

use crate::{
    clock::{HOUR, Moment},
    rules::access::Issued,
    scopes::{EMAIL, PROFILE, Scopes},
    state::Person,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

/// Who is described, and by which practice Google.
#[derive(Debug, Clone, Copy)]
pub struct Place<'world> {
    pub issuer: &'world str,
    pub base_url: &'world str,
    pub now: Moment,
}

pub fn claims(place: Place<'_>, issued: &Issued, person: &Person) -> Value {
    let mut claims = Map::new();
    claims.insert("iss".into(), json!(place.issuer));
    claims.insert("azp".into(), json!(issued.client_id));
    claims.insert("aud".into(), json!(issued.client_id));
    claims.append(&mut about(person, &issued.scopes, place.base_url));
    claims.insert("at_hash".into(), json!(at_hash(&issued.access_token)));
    if let Some(nonce) = &issued.nonce {
        claims.insert("nonce".into(), json!(nonce));
    }
    claims.insert("iat".into(), json!(place.now));
    claims.insert("exp".into(), json!(place.now + HOUR));
    Value::Object(claims)
}

/// The part that userinfo answers too: only what the scopes allow.
pub fn about(person: &Person, scopes: &Scopes, base_url: &str) -> Map<String, Value> {
    let mut about = Map::new();
    about.insert("sub".into(), json!(person.sub));
    if scopes.has(EMAIL) {
        about.insert("email".into(), json!(person.email));
        about.insert("email_verified".into(), json!(person.email_verified));
    }
    if scopes.has(PROFILE) {
        about.insert("name".into(), json!(person.name));
        about.insert("given_name".into(), json!(person.given_name));
        about.insert("picture".into(), json!(picture(person, base_url)));
    }
    if let Some(hd) = &person.hd {
        about.insert("hd".into(), json!(hd));
    }
    about
}

pub fn picture(person: &Person, base_url: &str) -> String {
    format!("{base_url}/picture/{}.png", person.local_part())
}

/// The left half of the access token's SHA-256 (OIDC Core 3.1.3.6).
fn at_hash(access_token: &str) -> String {
    URL_SAFE_NO_PAD.encode(&Sha256::digest(access_token)[..16])
}
