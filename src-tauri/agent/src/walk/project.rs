//! Google's projects: where what was set in one does not hold in another.

use url::Url;

use super::{HelpPage, Walk};

impl Walk {
    /// Where a page stands, with the project of this number chosen already. Google's own links name it so:
    /// `…?project=100000000001`.
    pub fn address_in(&self, page: HelpPage, project: &str) -> String {
        let address = self.address(page);
        match Url::parse(address) {
            Ok(mut url) if page.is_of_a_project() && !names_a_project(&url) => {
                url.query_pairs_mut().append_pair("project", project);
                url.into()
            }
            _ => address.to_owned(),
        }
    }
}

fn names_a_project(url: &Url) -> bool {
    url.query_pairs().any(|(name, _)| name == "project")
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
    fn a_page_of_the_console_is_opened_for_the_project_of_the_client() {
        let walk = Walk::own();
        assert_eq!(
            walk.address_in(HelpPage::ConsoleGmail, "42"),
            "https://console.cloud.google.com/apis/library/gmail.googleapis.com?project=42"
        );
        for page in [HelpPage::ConsoleProject, HelpPage::PermissionsAtGoogle] {
            assert_eq!(walk.address_in(page, "42"), walk.address(page), "{page:?}");
        }
    }

    #[test]
    fn a_page_that_names_a_project_keeps_it() {
        let mut walk = Walk::own();
        let named = "https://console.cloud.google.com/auth/clients?project=7".to_owned();
        walk.pages.insert(HelpPage::ConsoleClients, named.clone());
        assert_eq!(walk.address_in(HelpPage::ConsoleClients, "42"), named);
    }
}
