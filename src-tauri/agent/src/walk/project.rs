//! Google's projects: where what was set in one does not hold in another.

use url::Url;

use super::{HelpPage, Walk};

/// The number of the project that a client of Google's belongs to, which its id begins with.
pub fn project_of(client_id: &str) -> Option<&str> {
    let (number, _) = client_id.split_once(['-', '.'])?;
    let digits = number.bytes().all(|letter| letter.is_ascii_digit());
    (digits && !number.is_empty()).then_some(number)
}

impl Walk {
    /// Where a page stands, with the client's own project chosen already. Google's own links name it so:
    /// `…?project=100000000001`.
    pub fn address_for(&self, page: HelpPage, client_id: &str) -> String {
        let address = self.address(page);
        let (Some(project), Ok(mut url)) = (project_of(client_id), Url::parse(address)) else {
            return address.to_owned();
        };
        if !page.is_of_a_project() || url.query_pairs().any(|(name, _)| name == "project") {
            return address.to_owned();
        }
        url.query_pairs_mut().append_pair("project", project);
        url.into()
    }
}

impl HelpPage {
    const fn is_of_a_project(self) -> bool {
        match self {
            Self::PermissionsAtGoogle | Self::ConsoleProject => false,
            Self::ConsoleApis
            | Self::ConsoleGmail
            | Self::ConsoleCalendar
            | Self::ConsoleContacts
            | Self::ConsoleDrive
            | Self::ConsoleConsent
            | Self::ConsoleAudience
            | Self::ConsoleClients => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_id_begins_with_its_project() {
        for (id, project) in [
            (
                "100000000001-abc.apps.googleusercontent.com",
                Some("100000000001"),
            ),
            ("100000000001.apps.googleusercontent.com", Some("100000000001")),
            ("100000000001", None),
            ("-abc.apps.googleusercontent.com", None),
            ("1x-abc.apps.googleusercontent.com", None),
            ("", None),
        ] {
            assert_eq!(project_of(id), project, "{id}");
        }
    }

    #[test]
    fn a_page_of_the_console_is_opened_for_the_project_of_the_client() {
        let walk = Walk::own();
        let id = "42-abc.apps.googleusercontent.com";
        assert_eq!(
            walk.address_for(HelpPage::ConsoleGmail, id),
            "https://console.cloud.google.com/apis/library/gmail.googleapis.com?project=42"
        );
        for (page, id) in [
            (HelpPage::ConsoleProject, id),
            (HelpPage::PermissionsAtGoogle, id),
            (HelpPage::ConsoleGmail, "mine"),
        ] {
            assert_eq!(walk.address_for(page, id), walk.address(page), "{page:?}");
        }
    }

    #[test]
    fn a_page_that_names_a_project_keeps_it() {
        let mut walk = Walk::own();
        let named = "https://console.cloud.google.com/auth/clients?project=7".to_owned();
        walk.pages.insert(HelpPage::ConsoleClients, named.clone());
        assert_eq!(walk.address_for(HelpPage::ConsoleClients, "42-abc.x"), named);
    }
}
