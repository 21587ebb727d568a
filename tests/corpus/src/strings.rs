//! The strings of a JSON text, and secrets put into one.

use serde_json::Value;

/// Stands for a secret in the input: no UTF-8 has it.
const HERE: u8 = 0xfe;

/// The input with a secret wherever one is to stand.
pub fn planted(bytes: &[u8], secret: &str) -> Vec<u8> {
    let pieces: Vec<&[u8]> = bytes.split(|byte| *byte == HERE).collect();
    pieces.join(secret.as_bytes())
}

/// Whether one of the strings is this one.
pub fn is_among(word: &str, json: &Value) -> bool {
    match json {
        Value::String(text) => text == word,
        Value::Array(items) => items.iter().any(|item| is_among(word, item)),
        Value::Object(fields) => fields.values().any(|field| is_among(word, field)),
        _ => false,
    }
}
