//! The registration under which this program asks for consent.

use crate::secret::ClientSecret;

/// A client at a provider (RFC 6749 2.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    pub id: String,
    /// Absent for public clients of providers that do not want one.
    pub secret: Option<ClientSecret>,
}
