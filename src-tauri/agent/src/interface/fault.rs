use evergrant_domain::{Fault, Recovery};
use serde::{Deserialize, Serialize};
use specta::Type;

/// A fault as shown: `fault.<code>.what` and `.todo` say it in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FaultView {
    pub code: String,
    pub recovery: RecoveryView,
    /// The provider's or the system's own words, for people who want the details.
    pub detail: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum RecoveryView {
    TryAgain,
    Reconnect,
    SignInAgain,
    ImportClient,
    AskAdministrator,
    UnlockVault,
    MendVault,
    SignInToNetwork,
    MendNetwork,
    SetClock,
    MendComputer,
    CopyLink,
    Nothing,
}

impl From<Fault> for FaultView {
    fn from(fault: Fault) -> Self {
        Self::from(&fault)
    }
}

impl From<&Fault> for FaultView {
    fn from(fault: &Fault) -> Self {
        Self {
            code: fault.code.as_str().to_owned(),
            recovery: fault.code.recovery().into(),
            detail: fault.detail.as_ref().map(|words| words.as_str().to_owned()),
        }
    }
}

impl From<Recovery> for RecoveryView {
    fn from(recovery: Recovery) -> Self {
        match recovery {
            Recovery::TryAgain => Self::TryAgain,
            Recovery::Reconnect => Self::Reconnect,
            Recovery::SignInAgain => Self::SignInAgain,
            Recovery::ImportClient => Self::ImportClient,
            Recovery::AskAdministrator => Self::AskAdministrator,
            Recovery::UnlockVault => Self::UnlockVault,
            Recovery::MendVault => Self::MendVault,
            Recovery::SignInToNetwork => Self::SignInToNetwork,
            Recovery::MendNetwork => Self::MendNetwork,
            Recovery::SetClock => Self::SetClock,
            Recovery::MendComputer => Self::MendComputer,
            Recovery::CopyLink => Self::CopyLink,
            Recovery::Nothing => Self::Nothing,
        }
    }
}
