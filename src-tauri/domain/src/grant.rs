//! What a consent brought.

use crate::{Lease, Person, RefreshToken, ScopeSet, Timestamp};

/// The provider's answer to a code, checked: who it is, what was granted, and the tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    pub person: Person,
    /// As the provider answered, which may be less than was asked.
    pub granted: ScopeSet,
    /// Absent when the provider thinks it gave one before; absent never means removed.
    pub refresh_token: Option<RefreshToken>,
    pub lease: Lease,
    /// When the grant will end by itself, where the provider says so (`refresh_token_expires_in`).
    pub ends_at: Option<Timestamp>,
}
