//! What a person may choose in plain words, and the scopes behind each choice.

use crate::scope::{Scope, ScopeSet};

/// A choice on the permissions page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permission {
    SendMail,
    ReadMail,
    Calendar,
    Contacts,
    DriveFiles,
}

impl Permission {
    pub const ALL: [Self; 5] = [
        Self::SendMail,
        Self::ReadMail,
        Self::Calendar,
        Self::Contacts,
        Self::DriveFiles,
    ];

    /// Source: Google, "OAuth 2.0 Scopes for Google APIs".
    pub const fn scopes(self) -> &'static [&'static str] {
        match self {
            Self::SendMail => &["https://www.googleapis.com/auth/gmail.send"],
            Self::ReadMail => &["https://www.googleapis.com/auth/gmail.readonly"],
            Self::Calendar => &["https://www.googleapis.com/auth/calendar"],
            Self::Contacts => &["https://www.googleapis.com/auth/contacts"],
            Self::DriveFiles => &["https://www.googleapis.com/auth/drive"],
        }
    }
}

/// An API that a test can try with one cheap call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Api {
    Gmail,
    Calendar,
    Contacts,
    Drive,
}

impl Api {
    pub const ALL: [Self; 4] = [Self::Gmail, Self::Calendar, Self::Contacts, Self::Drive];

    /// Scopes that open the cheap call of this API, any of them.
    /// `gmail.send` is not among Gmail's: it cannot read the profile, so there is nothing cheap to try.
    const fn opened_by(self) -> &'static [&'static str] {
        match self {
            Self::Gmail => &[
                "https://mail.google.com/",
                "https://www.googleapis.com/auth/gmail.readonly",
                "https://www.googleapis.com/auth/gmail.modify",
                "https://www.googleapis.com/auth/gmail.compose",
                "https://www.googleapis.com/auth/gmail.metadata",
            ],
            Self::Calendar => &[
                "https://www.googleapis.com/auth/calendar",
                "https://www.googleapis.com/auth/calendar.readonly",
            ],
            Self::Contacts => &[
                "https://www.googleapis.com/auth/contacts",
                "https://www.googleapis.com/auth/contacts.readonly",
            ],
            Self::Drive => &[
                "https://www.googleapis.com/auth/drive",
                "https://www.googleapis.com/auth/drive.readonly",
                "https://www.googleapis.com/auth/drive.file",
                "https://www.googleapis.com/auth/drive.metadata",
                "https://www.googleapis.com/auth/drive.metadata.readonly",
                "https://www.googleapis.com/auth/drive.appdata",
            ],
        }
    }

    /// The APIs that these scopes open.
    pub fn opened_with(scopes: &ScopeSet) -> Vec<Self> {
        Self::ALL
            .into_iter()
            .filter(|api| api.opened_by().iter().any(|scope| scopes.has(scope)))
            .collect()
    }
}

/// Everything asked at a consent: sign-in always, then what was chosen.
pub fn asked_scopes(permissions: &[Permission], extra: &ScopeSet) -> ScopeSet {
    let sign_in = [Scope::OPENID, Scope::EMAIL, Scope::PROFILE];
    let chosen = permissions.iter().flat_map(|p| p.scopes());
    sign_in
        .iter()
        .chain(chosen)
        .filter_map(|text| Scope::parse(text))
        .collect::<ScopeSet>()
        .union(extra)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sign_in_is_always_asked() {
        let asked = asked_scopes(&[], &ScopeSet::default());
        assert!(asked.iter().all(Scope::is_sign_in));
        assert_eq!(asked.iter().count(), 3);
    }

    #[test]
    fn an_api_is_opened_by_its_own_scopes_alone() {
        let scopes = ScopeSet::parse("openid https://www.googleapis.com/auth/calendar.readonly");
        assert_eq!(Api::opened_with(&scopes), [Api::Calendar]);
        assert_eq!(Api::opened_with(&ScopeSet::parse("openid")), []);
    }

    #[test]
    fn each_permission_has_a_scope_that_is_no_sign_in() {
        for permission in Permission::ALL {
            let asked = asked_scopes(&[permission], &ScopeSet::default());
            assert!(asked.iter().any(|s| !s.is_sign_in()), "{permission:?}");
        }
    }
}
