//! What only the `evergrant` command may ask, below `/v1/command/`.

use serde::{Deserialize, Serialize};

/// `POST /v1/command/connect`: begins a consent; 202. `GET /v1/command/attempt` says how it goes,
/// `DELETE` cancels it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connect {
    /// Left out: the only provider, or `google`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// An account to reconnect instead of adding one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Of `send_mail`, `read_mail`, `calendar`, `contacts`, `drive_files`.
    #[serde(default)]
    pub permissions: Vec<String>,
    #[serde(default)]
    pub scopes: Vec<String>,
    /// `false`: the link is shown instead of opening a browser.
    pub browser: bool,
}

/// The consent attempt under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// `opening`, `waiting`, `finishing`, `saving`, `not_saved`, `failed`, `connected` or `none`.
    pub step: String,
    /// The address, once known.
    pub email: Option<String>,
    /// The page to open, while it waits for an answer.
    pub link: Option<String>,
    /// Unix seconds until which the answer is waited for.
    pub deadline: Option<i64>,
    pub fault: Option<Trouble>,
}

/// A fault in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    pub code: String,
    pub what: String,
    pub todo: String,
    pub detail: Option<String>,
}

/// `POST /v1/command/test` and `/refresh`: the account; answered when it is done, with `Outcome`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OneAccount {
    pub account: String,
}

/// `POST /v1/command/disconnect`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disconnect {
    pub account: String,
    /// Delete here only, and leave the grant at the provider.
    #[serde(default)]
    pub only_here: bool,
}

/// How a test, refresh or disconnect ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub account: super::AccountName,
    pub done: bool,
    /// For a refresh: Unix seconds until which access now lasts.
    pub fresh_until: Option<i64>,
    /// For a test.
    #[serde(default)]
    pub lines: Vec<TestLine>,
    pub trouble: Option<Trouble>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestLine {
    /// In words, such as `Gmail`.
    pub name: String,
    /// `works`, `switched_off`, `not_allowed` or `failed`.
    pub verdict: String,
    pub what: String,
    pub todo: Option<String>,
}

/// `GET /v1/command/programs`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgramList {
    pub programs: Vec<ProgramView>,
}

/// A program with a grant, a refusal or a mute. Times are Unix seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgramView {
    pub name: String,
    pub path: Option<String>,
    pub assurance: String,
    pub grants: Vec<super::GrantView>,
    /// Refused until then; `muted` for good.
    pub refused_until: Option<i64>,
    pub muted: bool,
}

/// `POST /v1/command/programs`: an approval beforehand, only where there is no window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allow {
    /// The executable or script, as an absolute path.
    pub path: String,
    /// What runs the script, where its first line does not say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interpreter: Option<String>,
    /// Covers the program when it asks through the `evergrant` command, instead of by itself.
    #[serde(default)]
    pub through_command: bool,
    pub account: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<String>>,
    /// Left out: until it is ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u32>,
}

/// `POST /v1/command/pause`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    pub paused: bool,
}

/// `GET /v1/command/log?search=…&before=…&limit=…`: newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogPage {
    pub entries: Vec<LogEntry>,
    /// The hash chain has no gap.
    pub intact: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEntry {
    /// Counts up by one; a gap shows.
    pub number: u64,
    /// Unix seconds.
    pub at: i64,
    pub program: String,
    pub path: Option<String>,
    /// The address as it was then.
    pub account: Option<String>,
    pub scopes: Vec<String>,
    /// `given`, `granted`, `refused`, `failed` or `ended`.
    pub outcome: String,
    /// The problem's code, where it was refused or failed.
    pub code: Option<String>,
}

/// `GET /v1/command/history?account=…&limit=…`: what happened to an account, or to all, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    pub lines: Vec<HistoryLine>,
}

/// The same thing happening again on the same day is one line. Times are Unix seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryLine {
    pub account: super::AccountName,
    pub what: Happened,
    pub first: i64,
    pub last: i64,
    /// At least once.
    pub times: u32,
    /// The fault's code, where it failed or stopped.
    pub fault: Option<String>,
    /// The program's name, where one was given access or refused.
    pub program: Option<String>,
}

/// `history.<what>` in `ui/messages` says each in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Happened {
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

impl Happened {
    pub const ALL: [Self; 8] = [
        Self::Connected,
        Self::Reconnected,
        Self::Refreshed,
        Self::Failed,
        Self::Stopped,
        Self::Disconnecting,
        Self::Given,
        Self::Refused,
    ];

    /// The name on the wire and in messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Connected => "connected",
            Self::Reconnected => "reconnected",
            Self::Refreshed => "refreshed",
            Self::Failed => "failed",
            Self::Stopped => "stopped",
            Self::Disconnecting => "disconnecting",
            Self::Given => "given",
            Self::Refused => "refused",
        }
    }
}

/// `GET /v1/command/doctor`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Examination {
    pub checks: Vec<Check>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// `vault`, `clock`, `network`, `tray`, `client`; `ledger` where even that cannot be read. The
    /// command itself looks at the socket.
    pub name: String,
    /// `well`, `ill` or `unknown`.
    pub verdict: String,
    pub what: String,
    /// What to do, where it is ill.
    pub remedy: Option<String>,
}
