use serde::{Deserialize, Serialize};
use specta::Type;

use super::FaultView;

/// The consent attempt under way, if any.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AttemptView {
    pub provider: String,
    pub purpose: Purpose,
    /// The client that is asked, once it is known, by its name on this computer.
    pub client: Option<String>,
    /// The address it is for, when it is for a known account.
    pub email: Option<String>,
    pub step: Step,
    /// No browser is opened: the link is to be copied, as the person chose.
    pub copies: bool,
    /// The provider gave no lasting access the first time, so it is asked once more.
    pub asked_again: bool,
    /// Unix seconds until which the answer is waited for.
    pub deadline: u32,
    pub fault: Option<FaultView>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Purpose {
    Adding,
    Reconnecting,
    AskingAgain,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Step {
    /// Getting ready: the vault, the link.
    Opening,
    /// The browser shows the consent page.
    Waiting,
    Finishing,
    Saving,
    /// Could not be stored; kept in memory for another try.
    NotSaved,
    Failed,
}
