//! The answers by which the token and revocation endpoints refuse (RFC 6749 section 5.2), in
//! Google's words.

use serde::Serialize;

/// `{"error", "error_description"[, "error_subtype", "error_uri"]}` and its HTTP status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    #[serde(skip)]
    pub status: u16,
    pub error: String,
    #[serde(rename = "error_description", skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(rename = "error_subtype", skip_serializing_if = "Option::is_none")]
    pub subtype: Option<String>,
    #[serde(rename = "error_uri", skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
}

impl Refusal {
    pub fn new(status: u16, error: &str, description: impl Into<String>) -> Self {
        Self {
            status,
            error: error.to_owned(),
            description: Some(description.into()),
            subtype: None,
            uri: None,
        }
    }

    pub fn missing(parameter: &str) -> Self {
        Self::new(
            400,
            "invalid_request",
            format!("Missing required parameter: {parameter}"),
        )
    }

    pub fn invalid_grant(description: &str) -> Self {
        Self::new(400, "invalid_grant", description)
    }

    /// Any cause in the table of dead refresh tokens: they look alike.
    pub fn expired_or_revoked() -> Self {
        Self::invalid_grant("Token has been expired or revoked.")
    }

    /// A dead token that Google has forgotten, a used code, a mangled token.
    pub fn bad_request() -> Self {
        Self::invalid_grant("Bad Request")
    }

    /// The organisation's sign-in session ended: the token lives, the person signs in again.
    pub fn reauthenticate(subtype: &str) -> Self {
        Self {
            subtype: Some(subtype.to_owned()),
            uri: Some("https://support.google.com/a/answer/9368756".to_owned()),
            ..Self::invalid_grant(&format!("reauth related error ({subtype})"))
        }
    }

    pub fn admin_policy() -> Self {
        Self::new(
            400,
            "admin_policy_enforced",
            "The Google Account is unable to authorize one or more scopes requested due to the \
             policies of their Google Workspace administrator.",
        )
    }
}
