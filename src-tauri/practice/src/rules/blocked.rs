//! The authorization errors that are shown to the person and never reach the app
//! (Google, "OAuth 2.0 for iOS & Desktop Apps": authorization errors).

use crate::state::{Person, Project, Status};

/// A page "Access blocked / Error 400: `redirect_uri_mismatch`".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocked {
    pub status: u16,
    pub error: String,
    pub detail: String,
}

impl Blocked {
    pub fn new(status: u16, error: &str, detail: impl Into<String>) -> Self {
        Self {
            status,
            error: error.to_owned(),
            detail: detail.into(),
        }
    }

    pub fn invalid_request(detail: impl Into<String>) -> Self {
        Self::new(400, "invalid_request", detail)
    }

    pub fn missing(parameter: &str) -> Self {
        Self::invalid_request(format!("Missing required parameter: {parameter}"))
    }
}

/// Why this person may not use this app at all.
pub fn for_person(project: &Project, person: &Person) -> Option<Blocked> {
    let of_organisation = person.hd.is_some();
    if person.deleted || person.disabled {
        // Guess: Google would not let a deleted or disabled account be chosen at all.
        return Some(Blocked::new(403, "access_denied", "This account cannot sign in."));
    }
    if project.status == Status::Testing && !person.test_user {
        return Some(Blocked::new(
            403,
            "access_denied",
            "This app is being tested and can only be used by people on its test list.",
        ));
    }
    if project.org_internal && !of_organisation {
        return Some(Blocked::new(
            403,
            "org_internal",
            "This app is restricted to people in its own organisation.",
        ));
    }
    if project.admin_policy && of_organisation {
        return Some(Blocked::new(
            400,
            "admin_policy_enforced",
            "Your organisation's administrator does not let this app reach this data.",
        ));
    }
    if project.org_not_configured && of_organisation {
        return Some(Blocked::new(
            400,
            "access_not_configured",
            "Your organisation has not yet set up access to this app.",
        ));
    }
    None
}
