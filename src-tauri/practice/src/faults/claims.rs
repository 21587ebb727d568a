//! Faults inside an `id_token`: well signed and untrue, or true and badly signed.

use super::kind::Fault;
use crate::{clock::HOUR, world::World};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

pub const ELSEWHERE: &str = "https://elsewhere.invalid";
pub const SOMEBODY_ELSE: &str = "999999999999999999999";

pub fn spoilt(world: &World, fault: &Fault, id_token: &str) -> String {
    let Some(mut claims) = claims_of(id_token) else {
        return id_token.to_owned();
    };
    match fault {
        Fault::WrongIss => claims["iss"] = json!(ELSEWHERE),
        Fault::WrongNonce => claims["nonce"] = json!("not-the-nonce-that-was-sent"),
        Fault::MissingNonce => drop(claims.as_object_mut().map(|claims| claims.remove("nonce"))),
        Fault::WrongAud => {
            claims["aud"] = json!("999999999999-another.apps.googleusercontent.com");
        }
        Fault::WrongSub => claims["sub"] = json!(SOMEBODY_ELSE),
        Fault::WrongAtHash => claims["at_hash"] = json!(URL_SAFE_NO_PAD.encode([0; 16])),
        Fault::IdTokenExpired => {
            let now = world.clock().now();
            claims["iat"] = json!(now - 2 * HOUR);
            claims["exp"] = json!(now - HOUR);
        }
        Fault::IdTokenUnsigned => return unsigned(&claims),
        Fault::IdTokenBadSignature => return badly_signed(id_token),
        _ => return id_token.to_owned(),
    }
    let keys = world.keys().clone();
    keys.sign(&claims)
}

fn claims_of(id_token: &str) -> Option<Value> {
    let payload = URL_SAFE_NO_PAD.decode(id_token.split('.').nth(1)?).ok()?;
    serde_json::from_slice(&payload).ok()
}

/// RFC 7519 section 6: an "unsecured" token, which nobody may accept here.
fn unsigned(claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!(
        "{}.{}.",
        part(&json!({"alg": "none", "typ": "JWT"})),
        part(claims)
    )
}

fn badly_signed(id_token: &str) -> String {
    let signed = id_token.rsplit_once('.').map_or(id_token, |(signed, _)| signed);
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode([7; 256]))
}
