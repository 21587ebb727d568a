use crate::{
    provider::{OfflineAccess, Provider},
    time::Seconds,
};

use super::evidence::DAY;

/// What a provider is known to do with grants by itself. `None`: it is not known to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Habits {
    /// How long a grant of a project in Testing lives, unless it only opens a sign-in.
    pub testing: Option<Seconds>,
    /// A grant that is not used for so long dies.
    pub unused: Option<Seconds>,
    /// Beyond so many live grants of one account and client the oldest dies.
    pub most_consents: Option<u32>,
    /// A new password ends the grants that open the mail.
    pub password_ends_mail: bool,
    /// A revocation ends the grant of the whole project, for all its clients and computers.
    pub revokes_project: bool,
}

impl Habits {
    /// Source: Google, "Refresh token expiration" and "Revoking a token". Six months are taken for 180 days:
    /// whoever is warned too early has lost nothing.
    pub const GOOGLE: Self = Self {
        testing: Some(Seconds(7 * DAY.0)),
        unused: Some(Seconds(180 * DAY.0)),
        most_consents: Some(100),
        password_ends_mail: true,
        revokes_project: true,
    };

    /// A provider whose habits nobody wrote down.
    pub const UNKNOWN: Self = Self {
        testing: None,
        unused: None,
        most_consents: None,
        password_ends_mail: false,
        revokes_project: false,
    };

    /// Told by the way offline access is asked for: `access_type` is Google's own, and the practice Google's.
    pub const fn of(provider: &Provider) -> Self {
        match provider.offline {
            OfflineAccess::AccessType => Self::GOOGLE,
            OfflineAccess::Scope => Self::UNKNOWN,
        }
    }
}
