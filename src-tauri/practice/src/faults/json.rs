//! Faults inside a JSON answer.

use super::{claims, kind::Fault};
use crate::world::World;
use serde_json::{Map, Value, json};

/// The answer with this fault in it, or `None` if it is no JSON object.
pub fn spoilt(world: &World, fault: &Fault, whole: &[u8]) -> Option<Vec<u8>> {
    let Ok(Value::Object(mut answer)) = serde_json::from_slice(whole) else {
        return None;
    };
    spoil(world, fault, &mut answer);
    serde_json::to_vec(&answer).ok()
}

fn spoil(world: &World, fault: &Fault, answer: &mut Map<String, Value>) {
    let mut set = |name: &str, value: Value| {
        answer.insert(name.to_owned(), value);
    };
    match fault {
        Fault::ExpiresInString => set("expires_in", json!("3599")),
        Fault::ExpiresInZero => set("expires_in", json!(0)),
        Fault::ExpiresInNegative => set("expires_in", json!(-3_599)),
        Fault::ExpiresInHuge => set("expires_in", json!(u64::MAX)),
        Fault::ExpiresInMissing => drop(answer.remove("expires_in")),
        Fault::UnknownFields => {
            set("not_yet_invented", json!({"deeply": [1, null, {"nested": true}]}));
            set("authuser", json!("0"));
        }
        Fault::RefreshTokenNull => set("refresh_token", Value::Null),
        Fault::RefreshTokenEmpty => set("refresh_token", json!("")),
        Fault::ScopesReordered => {
            let scopes = answer.get("scope").and_then(Value::as_str).unwrap_or_default();
            let reordered: Vec<&str> = scopes.split(' ').rev().collect();
            let reordered = reordered.join(" ");
            answer.insert("scope".to_owned(), json!(reordered));
        }
        Fault::ScopesMissing => drop(answer.remove("scope")),
        Fault::IdTokenMissing => drop(answer.remove("id_token")),
        Fault::WrongIss if answer.contains_key("issuer") => {
            answer.insert("issuer".to_owned(), json!(claims::ELSEWHERE));
        }
        Fault::WrongSub if answer.contains_key("sub") => {
            answer.insert("sub".to_owned(), json!(claims::SOMEBODY_ELSE));
        }
        other => {
            if let Some(id_token) = answer.get("id_token").and_then(Value::as_str) {
                let spoilt = claims::spoilt(world, other, id_token);
                answer.insert("id_token".to_owned(), json!(spoilt));
            }
        }
    }
}
