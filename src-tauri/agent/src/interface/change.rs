use serde::{Deserialize, Serialize};
use specta::Type;

use super::{
    AccountView, AttemptView, LanguageView, LeavingView, Notice, ProgramsView, ProviderView, QuestionView,
    SettingsView,
};

/// One change, numbered in the order in which they happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    pub revision: u32,
    pub what: ChangeKind,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
#[expect(
    clippy::large_enum_variant,
    reason = "a change is told and gone, and most are of accounts"
)]
pub enum ChangeKind {
    Account {
        account: AccountView,
    },
    AccountGone {
        id: String,
    },
    Attempt {
        attempt: Option<AttemptView>,
    },
    Notices {
        notices: Vec<Notice>,
    },
    Providers {
        providers: Vec<ProviderView>,
    },
    Programs {
        programs: ProgramsView,
    },
    Question {
        question: Option<QuestionView>,
    },
    Language {
        language: LanguageView,
    },
    Settings {
        settings: SettingsView,
    },
    Leaving {
        leaving: Option<LeavingView>,
    },
    /// Another profile is shown, or everything was read anew: load the snapshot.
    Profile,
}
