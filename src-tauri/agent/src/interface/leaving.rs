use serde::{Deserialize, Serialize};
use specta::Type;

use super::FaultView;

/// A person wants everything deleted that is kept on this computer, and Evergrant is at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LeavingView {
    pub step: LeavingStep,
    /// The accounts that are not disconnected yet.
    pub waiting: Vec<WaitingView>,
    /// Sign-ins that were cut short and may have left an access behind that is still to be ended.
    pub unfinished: u32,
    /// Why it does not go on.
    pub fault: Option<FaultView>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum LeavingStep {
    /// Accounts are being disconnected; it can be called off.
    Ending,
    /// It cannot be called off any more.
    Deleting,
    /// Nothing is left: the program ends.
    Deleted,
}

/// An account that is not disconnected yet, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WaitingView {
    pub email: String,
    /// None while it is being tried.
    pub fault: Option<FaultView>,
}

impl LeavingView {
    /// A step with nothing in its way.
    pub const fn at(step: LeavingStep) -> Self {
        Self {
            step,
            waiting: vec![],
            unfinished: 0,
            fault: None,
        }
    }
}
