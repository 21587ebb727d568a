use serde::{Deserialize, Serialize};
use specta::Type;

use super::{
    AccountView, AttemptView, LeavingView, Notice, PermissionId, ProgramsView, QuestionView, SettingsView,
};

/// Everything there is to show, at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    /// Changes with a revision up to this one are in here already.
    pub revision: u32,
    pub profile: ProfileName,
    /// The accounts are still being read.
    pub opening: bool,
    pub providers: Vec<ProviderView>,
    pub permissions: Vec<PermissionView>,
    pub accounts: Vec<AccountView>,
    pub attempt: Option<AttemptView>,
    pub notices: Vec<Notice>,
    /// Whichever profile is shown.
    pub programs: ProgramsView,
    /// What a person is asked now.
    pub question: Option<QuestionView>,
    pub language: LanguageView,
    /// Whichever profile is shown.
    pub settings: SettingsView,
    /// Everything is being deleted, whichever profile is shown.
    pub leaving: Option<LeavingView>,
}

/// In which language everything is said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LanguageView {
    /// Its BCP 47 tag, such as `de`.
    pub spoken: String,
    /// Somebody chose it; otherwise it is the system's.
    pub chosen: bool,
}

/// Practice accounts, their vault items and their ledger never mix with the person's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ProfileName {
    Personal,
    Practice,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProviderView {
    pub id: String,
    pub name: String,
    pub client: ClientView,
}

/// The registration under which consent is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ClientView {
    BuiltIn,
    /// Side by side, the last used first; never none.
    Imported {
        clients: Vec<OwnClientView>,
    },
    Missing,
}

/// A client that a person imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OwnClientView {
    /// Its name on this computer.
    pub id: String,
    /// Its name at the provider.
    pub client_id: String,
    /// As the person calls it, else by its project.
    pub name: String,
    pub project: Option<String>,
    /// Where its id tells it, as Google's do.
    pub project_number: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PermissionView {
    pub id: PermissionId,
    pub scopes: Vec<String>,
}
