//! The file that a person chooses as the client file.

use evergrant_adapters::client_file::{self, ClientFile};
use evergrant_domain::{ClientSecret, Code};
use serde_json::Value;

use crate::strings::is_among;

/// No client file is longer.
const LONGEST: usize = 64 * 1024;

/// Never a panic; what is read stands there and is complete, its secret shows itself to nobody, and what is
/// said of any other file does not quote it.
pub fn client_file(bytes: &[u8]) {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), bytes).expect("written");
    let json = serde_json::from_slice::<Value>(bytes).ok();
    match client_file::read(file.path()) {
        Ok(client) => {
            assert!(bytes.len() <= LONGEST, "more than is read");
            shows_no_secret(&client);
            if let Some(json) = &json {
                stands_there(&client, json);
            }
        }
        Err(fault) => {
            let quoted = fault.detail.filter(|_| bytes.len() <= LONGEST);
            assert_eq!(quoted, None, "words of the file are said");
            if let Some(expected) = json.and_then(|json| plain_refusal(&json)) {
                assert_eq!(fault.code, expected);
            }
        }
    }
}

fn shows_no_secret(client: &ClientFile) {
    let mut other = client.clone();
    other.client_secret = ClientSecret::new("another");
    assert_eq!(format!("{client:?}"), format!("{other:?}"), "a secret is printed");
}

fn stands_there(client: &ClientFile, json: &Value) {
    let secret = client.client_secret.expose();
    assert!(
        !client.client_id.is_empty() && !secret.is_empty(),
        "half a client"
    );
    assert!(is_among(&client.client_id, json), "an id from nowhere");
    assert!(is_among(secret, json), "a secret from nowhere");
    assert_eq!(plain_refusal(json), None, "the file is for something else");
}

/// Files that are told apart by what they name.
fn plain_refusal(json: &Value) -> Option<Code> {
    let names = |name| json.get(name).is_some_and(|there| !there.is_null());
    let well_formed = ["type", "installed"].iter().all(|name| match json.get(name) {
        Some(Value::String(_)) => *name == "type",
        Some(Value::Object(_)) => *name == "installed",
        other => other.is_none_or(Value::is_null),
    });
    match json.get("type").and_then(Value::as_str) {
        Some("service_account") if !names("installed") => Some(Code::ClientFileServiceAccount),
        _ if well_formed && names("web") && !names("installed") => Some(Code::ClientFileWeb),
        _ => None,
    }
}
