//! Secrets as types: `Debug` shows the name only, the bytes are wiped on drop, nothing serializes them.
//!
//! `expose` is the one way to the text; search for it to see every place a secret is used.

use std::fmt;

use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop};

macro_rules! secret {
    ($($(#[$doc:meta])* $name:ident,)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Zeroize, ZeroizeOnDrop)]
        pub struct $name(String);

        impl $name {
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The secret in clear, for the moment of use.
            pub fn expose(&self) -> &str {
                &self.0
            }

            pub fn is_empty(&self) -> bool {
                self.0.is_empty()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
            }
        }

        impl Eq for $name {}
    )+};
}

secret! {
    /// Long-lived proof of a grant (RFC 6749 1.5). Lives in the vault; in memory only while used.
    RefreshToken,
    /// Short-lived pass to an API (RFC 6749 1.4), about an hour.
    AccessToken,
    /// Exchanged once for tokens (RFC 6749 1.3.1), minutes.
    AuthorizationCode,
    /// The client's secret; for desktop clients not confidential, still never shown (RFC 8252 8.5).
    ClientSecret,
    /// PKCE `code_verifier` (RFC 7636 4.1).
    Verifier,
    /// Binds the redirect to its attempt (RFC 6749 10.12), at least 128 random bits.
    State,
    /// The text of a vault item.
    VaultText,
    /// Opens an encrypted file that a person chose.
    Passphrase,
    /// Binds the `id_token` to its attempt (OpenID Connect Core 3.1.2.1).
    Nonce,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_never_shows_the_text() {
        assert_eq!(
            format!("{:?}", RefreshToken::new("1//0canary")),
            "RefreshToken(…)"
        );
        assert!(!format!("{:#?}", Some(AccessToken::new("ya29.canary"))).contains("canary"));
    }
}
