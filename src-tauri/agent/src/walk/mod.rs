//! The way to a Google client of one's own, a step a page. Google's pages change more often than Evergrant does,
//! so all of it is data: what comes with Evergrant is `ui/steps/google.json`, and a person's own file takes its
//! place (`docs/providers.md`).

mod project;
mod unfit;

use std::{
    collections::{BTreeMap, HashSet},
    io::ErrorKind,
    path::Path,
};

use evergrant_adapters::bounded;
use evergrant_adapters::places::{Places, Profile};
use serde::{Deserialize, Serialize};
use specta::Type;
use url::Url;

use crate::interface::PermissionId;
pub use unfit::Unfit;

/// What comes with Evergrant.
const OWN: &str = include_str!("../../../../ui/steps/google.json");
/// What this Evergrant reads.
const VERSION: u32 = 1;
/// No such file is as long as this, in bytes.
const LONGEST: u64 = 256 * 1024;

/// The pages that may be opened: a closed list, so that no address ever comes from the web view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum HelpPage {
    PermissionsAtGoogle,
    ConsoleProject,
    ConsoleApis,
    ConsoleGmail,
    ConsoleCalendar,
    ConsoleContacts,
    ConsoleDrive,
    ConsoleConsent,
    ConsoleAudience,
    ConsoleClients,
}

impl HelpPage {
    pub const ALL: [Self; 10] = [
        Self::PermissionsAtGoogle,
        Self::ConsoleProject,
        Self::ConsoleApis,
        Self::ConsoleGmail,
        Self::ConsoleCalendar,
        Self::ConsoleContacts,
        Self::ConsoleDrive,
        Self::ConsoleConsent,
        Self::ConsoleAudience,
        Self::ConsoleClients,
    ];
}

/// What is said stands in it by its key among the sentences, or in plain words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Walk {
    pub version: u32,
    /// The provider whose client is made.
    pub provider: String,
    /// Where each page stands; all of them, each at Google.
    pub pages: BTreeMap<HelpPage, String>,
    pub steps: Vec<WalkStep>,
    pub apis: Vec<WalkApi>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct WalkStep {
    pub id: String,
    /// What its button opens; the last step has none.
    pub page: Option<HelpPage>,
    /// What that button says.
    pub open: Option<String>,
    pub picture: WalkPicture,
    pub title: String,
    pub says: Vec<String>,
    /// What it costs to do it otherwise.
    pub notes: Vec<String>,
    /// What a person may see there instead.
    pub otherwise: Vec<Otherwise>,
    /// What went wrong because of this step: `fault.client_file_web`, `help.testing`.
    pub faults: Vec<String>,
}

/// Drawn by the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum WalkPicture {
    Project,
    Apis,
    Consent,
    Client,
    File,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Otherwise {
    pub see: String,
    #[serde(rename = "do")]
    pub todo: String,
    /// The step that it leads to.
    #[serde(default)]
    pub step: Option<String>,
}

/// Something of Google's that a project switches on before it can be used; named as a test's line names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct WalkApi {
    pub id: String,
    pub name: String,
    pub page: HelpPage,
    /// What needs it.
    pub permissions: Vec<PermissionId>,
}

impl Walk {
    /// What stands in this person's own file; without one, or with one of no use, what comes with Evergrant.
    pub fn of_this_person() -> Self {
        let place = Places::of_this_person(Profile::Personal).map(|places| places.steps_file());
        match place.as_deref().map(Self::load) {
            Some(Ok(Some(theirs))) => theirs,
            Some(Err(why)) => {
                tracing::warn!(%why, "the file with the steps to a Google client is not used");
                Self::own()
            }
            Some(Ok(None)) | None => Self::own(),
        }
    }

    /// What comes with Evergrant.
    ///
    /// # Panics
    /// Never: a test reads it.
    pub fn own() -> Self {
        Self::read(OWN).expect("the steps that come with Evergrant are whole")
    }

    /// Reads a file; `None` where there is none.
    ///
    /// # Errors
    /// When it cannot be read, or what stands in it does not fit this Evergrant.
    pub fn load(path: &Path) -> Result<Option<Self>, Unfit> {
        match bounded::text(path, LONGEST) {
            Ok(text) => Self::read(&text).map(Some),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) if error.kind() == ErrorKind::FileTooLarge => Err(Unfit::TooLong),
            Err(_) => Err(Unfit::Unreadable),
        }
    }

    /// # Errors
    /// When it does not fit this Evergrant.
    pub fn read(text: &str) -> Result<Self, Unfit> {
        let walk: Self = serde_json::from_str(text).map_err(|error| Unfit::Shape { line: error.line() })?;
        if walk.version != VERSION {
            return Err(Unfit::Version(walk.version));
        }
        if let Some(page) = HelpPage::ALL
            .into_iter()
            .find(|page| !walk.leads_to_google(*page))
        {
            return Err(Unfit::Page(page));
        }
        walk.names_hang_together()?;
        Ok(walk)
    }

    /// Where a page stands.
    pub fn address(&self, page: HelpPage) -> &str {
        self.pages.get(&page).map_or("", String::as_str)
    }

    /// Only what is Google's may be opened in its name.
    fn leads_to_google(&self, page: HelpPage) -> bool {
        let Ok(address) = Url::parse(self.address(page)) else {
            return false;
        };
        let at_google = |host: &str| host == "google.com" || host.ends_with(".google.com");
        let bare = address.username().is_empty() && address.password().is_none() && address.port().is_none();
        address.scheme() == "https" && address.host_str().is_some_and(at_google) && bare
    }

    fn names_hang_together(&self) -> Result<(), Unfit> {
        let (last, before) = self.steps.split_last().ok_or(Unfit::Steps)?;
        let ids: HashSet<_> = self.steps.iter().map(|step| step.id.as_str()).collect();
        let leads = |step: &WalkStep| {
            let mut led = step.otherwise.iter().filter_map(|other| other.step.as_deref());
            led.all(|id| ids.contains(id))
        };
        let whole = ids.len() == self.steps.len()
            && before
                .iter()
                .all(|step| step.page.is_some() && step.open.is_some())
            && last.page.is_none()
            && self.steps.iter().all(leads);
        if whole { Ok(()) } else { Err(Unfit::Steps) }
    }
}

#[cfg(test)]
mod tests;
