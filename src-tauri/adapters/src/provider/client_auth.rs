//! How a client says who it is at the token and revocation endpoints (RFC 6749 2.3.1).

use base64::{Engine, prelude::BASE64_STANDARD};
use evergrant_domain::{Client, ClientSecret};
use http::HeaderValue;
use url::form_urlencoded::{Serializer, byte_serialize};
use zeroize::Zeroizing;

/// Where the client's id and secret go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ClientAuth {
    /// In the form, which is Google's way (`client_secret_post`).
    Form,
    /// In a header (`client_secret_basic`); a client without a secret still goes in the form.
    Header,
}

impl From<ClientAuth> for oauth2::AuthType {
    fn from(auth: ClientAuth) -> Self {
        match auth {
            ClientAuth::Form => Self::RequestBody,
            ClientAuth::Header => Self::BasicAuth,
        }
    }
}

impl ClientAuth {
    /// Adds the client to a form; what belongs in a header instead comes back.
    pub fn apply(self, client: &Client, form: &mut Serializer<'_, String>) -> Option<HeaderValue> {
        if let (Self::Header, Some(secret)) = (self, &client.secret) {
            return basic(&client.id, secret);
        }
        form.append_pair("client_id", &client.id);
        if let Some(secret) = &client.secret {
            form.append_pair("client_secret", secret.expose());
        }
        None
    }
}

/// Both halves are form-encoded before they are joined, unlike in ordinary Basic authentication.
fn basic(id: &str, secret: &ClientSecret) -> Option<HeaderValue> {
    let encoded = |text: &str| Zeroizing::new(byte_serialize(text.as_bytes()).collect::<String>());
    let pair = Zeroizing::new(format!("{}:{}", *encoded(id), *encoded(secret.expose())));
    let text = Zeroizing::new(format!("Basic {}", BASE64_STANDARD.encode(pair.as_bytes())));
    let mut value = HeaderValue::from_str(&text).ok()?;
    value.set_sensitive(true);
    Some(value)
}
