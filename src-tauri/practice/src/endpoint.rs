//! The endpoints by the names that faults and the journal use.

use crate::parameters::Parameters;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Endpoint {
    /// As the place of a fault: any token request.
    #[serde(rename = "token")]
    Token,
    #[serde(rename = "token.code")]
    TokenCode,
    #[serde(rename = "token.refresh")]
    TokenRefresh,
    #[serde(rename = "revoke")]
    Revoke,
    #[serde(rename = "userinfo")]
    Userinfo,
    #[serde(rename = "auth")]
    Auth,
    #[serde(rename = "discovery")]
    Discovery,
    #[serde(rename = "certs")]
    Certs,
    #[serde(rename = "tokeninfo")]
    Tokeninfo,
    #[serde(rename = "gmail")]
    Gmail,
    #[serde(rename = "drive")]
    Drive,
    #[serde(rename = "calendar")]
    Calendar,
    #[serde(rename = "contacts")]
    Contacts,
    /// The redirect back to the app.
    #[serde(rename = "callback")]
    Callback,
    #[serde(rename = "picture")]
    Picture,
}

impl Endpoint {
    pub fn asked(path: &str, parameters: &Parameters) -> Option<Self> {
        Some(match path {
            "/token" => match parameters.get("grant_type") {
                Some("authorization_code") => Self::TokenCode,
                Some("refresh_token") => Self::TokenRefresh,
                _ => Self::Token,
            },
            "/revoke" => Self::Revoke,
            "/tokeninfo" => Self::Tokeninfo,
            "/v1/userinfo" | "/oauth2/v3/userinfo" => Self::Userinfo,
            "/o/oauth2/v2/auth" => Self::Auth,
            "/.well-known/openid-configuration" => Self::Discovery,
            "/oauth2/v3/certs" => Self::Certs,
            path if path.starts_with("/gmail/") => Self::Gmail,
            path if path.starts_with("/drive/") => Self::Drive,
            path if path.starts_with("/calendar/") => Self::Calendar,
            path if path.starts_with("/v1/people/") => Self::Contacts,
            path if path.starts_with("/picture/") => Self::Picture,
            _ => return None,
        })
    }

    /// A fault placed here meets a request there.
    pub fn covers(self, asked: Self) -> bool {
        self == asked || (self == Self::Token && matches!(asked, Self::TokenCode | Self::TokenRefresh))
    }

    pub fn is_token(self) -> bool {
        Self::Token.covers(self)
    }
}
