use serde::{Deserialize, Serialize};
use specta::Type;

use super::FaultView;

/// What happened to an account, newest first: its own life, and who asked for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HistoryView {
    pub account: String,
    pub lines: Vec<HistoryLineView>,
}

/// One line; times are Unix seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HistoryLineView {
    pub what: HistoryWhat,
    pub first: u32,
    pub last: u32,
    /// How often in a row, at least once.
    pub times: u32,
    /// For `Failed` and `Stopped`.
    pub fault: Option<FaultView>,
    /// For `Given` and `Refused`: the program's name.
    pub program: Option<String>,
}

/// `history.<what>` says each in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum HistoryWhat {
    Connected,
    Reconnected,
    Refreshed,
    Failed,
    Stopped,
    Disconnecting,
    /// A program was given access.
    Given,
    /// A program asked and was refused.
    Refused,
}
