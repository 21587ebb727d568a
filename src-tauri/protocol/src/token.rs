//! `POST /v1/token`.

use evergrant_domain::AccessToken;
use serde::{Deserialize, Serialize};

/// What a program asks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenRequest {
    /// An address, an id, or `provider:address`.
    pub account: String,
    /// Left out: everything this program was granted for the account, or all of the account's scopes
    /// where it was granted nothing yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<String>>,
    /// How long the token must serve at least, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_valid_seconds: Option<u32>,
    /// Shown to the person as the program's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// How long to wait for a person; left out or 0: not at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait_seconds: Option<u32>,
}

/// What a client reads from the answer. The broker writes it by hand: no secret can be serialized.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct TokenAnswer {
    #[serde(deserialize_with = "secret")]
    pub access_token: AccessToken,
    /// `Bearer` (RFC 6750).
    pub token_type: String,
    /// Unix seconds.
    pub expires_at: i64,
    /// What the token really carries.
    pub scopes: Vec<String>,
    pub account: AccountName,
}

/// An account, briefly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountName {
    pub id: String,
    pub provider: String,
    pub email: String,
}

fn secret<'de, D: serde::Deserializer<'de>>(from: D) -> Result<AccessToken, D::Error> {
    String::deserialize(from).map(AccessToken::new)
}
