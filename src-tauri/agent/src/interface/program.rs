use serde::{Deserialize, Serialize};
use specta::Type;

/// The programs that a person decided about. Times are Unix seconds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProgramsView {
    /// No program gets anything for now.
    pub paused: bool,
    pub programs: Vec<ProgramView>,
    /// What was ended last, while it can be undone.
    pub taken_back: Option<TakenBackView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TakenBackView {
    /// The program that it was taken from; none: from several.
    pub program: Option<String>,
    /// Unix seconds until which it can be undone.
    pub until: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProgramView {
    /// Names the program in requests; not for reading.
    pub key: String,
    pub name: String,
    pub path: Option<String>,
    pub assurance: AssuranceView,
    /// It asks through the `evergrant` command.
    pub through_command: bool,
    pub grants: Vec<ProgramGrantView>,
    /// It was refused and may not ask before then.
    pub refused_until: Option<u32>,
    /// It may not ask at all.
    pub muted: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProgramGrantView {
    pub id: String,
    /// The account's id; it may be gone.
    pub account: String,
    pub email: String,
    pub scopes: Vec<String>,
    pub since: u32,
    /// None: until it is ended.
    pub until: Option<u32>,
    pub last_used: Option<u32>,
    pub uses: u32,
}

/// How sure it is that a program is what it seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum AssuranceView {
    Sandboxed,
    System,
    Personal,
    Script,
    Hidden,
}

/// What a person is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct QuestionView {
    pub id: u32,
    pub program: AskerView,
    pub wishes: Vec<WishView>,
    /// The program's own words.
    pub reason: Option<String>,
    /// Without an answer by then, the answer is no.
    pub deadline: u32,
    /// Questions that wait behind this one.
    pub behind: u32,
    /// The program cannot be told apart from others well enough: only "once" can be said.
    pub only_once: bool,
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AskerView {
    pub name: String,
    pub path: Option<String>,
    pub assurance: AssuranceView,
    pub through_command: bool,
    /// The system package that it comes from.
    pub package: Option<String>,
    /// Who started it, nearest first.
    pub started_by: Vec<String>,
    pub unit: Option<String>,
    pub terminal: Option<String>,
    /// A `data:` address.
    pub icon: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WishView {
    pub email: String,
    pub provider_name: String,
    /// Sign-in scopes left out; empty: only who the person is.
    pub scopes: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Decision {
    Once,
    TwelveHours,
    Always,
    Deny,
    DenyAndMute,
}

/// How long a grant lasts from now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Lasting {
    TwelveHours,
    Always,
}

/// What was answered to programs, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LogView {
    pub lines: Vec<LogLine>,
    /// There are older lines.
    pub more: bool,
    /// No line is missing or was changed.
    pub intact: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LogLine {
    pub number: u32,
    pub at: u32,
    pub program: String,
    pub path: Option<String>,
    pub email: Option<String>,
    pub scopes: Vec<String>,
    pub outcome: LogOutcome,
    /// `problem.<code>.what` says why, where it was refused or failed.
    pub code: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum LogOutcome {
    Given,
    Granted,
    Refused,
    Failed,
    Ended,
}
