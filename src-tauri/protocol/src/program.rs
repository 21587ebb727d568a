//! What any program may ask beside a token.

use serde::{Deserialize, Serialize};

/// `GET /v1/status`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    pub version: String,
    pub protocol: u32,
    /// The person paused all programs.
    pub paused: bool,
    /// No window: approvals are given beforehand, on a terminal.
    pub headless: bool,
    pub you: SeenAs,
}

/// What Evergrant sees of the program that asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenAs {
    pub name: String,
    pub path: Option<String>,
    /// `sandboxed`, `system`, `personal`, `script` or `hidden`.
    pub assurance: String,
    /// Names of the programs that started it, nearest first.
    pub started_by: Vec<String>,
    /// Whether a permission for it can be remembered.
    pub remembered: bool,
}

/// `GET /v1/accounts`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountList {
    pub accounts: Vec<AccountView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountView {
    pub id: String,
    pub provider: String,
    pub email: String,
    pub name: Option<String>,
    pub state: AccountState,
    /// For a program: those it was granted. For the command: those of the account.
    pub scopes: Vec<String>,
    /// For the command: why the account stopped, and what to do, in two sentences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// For the command: what will end it before long, and what to do, in two sentences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forecast: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    Connected,
    NeedsReconnect,
    NeedsSignIn,
    Disconnecting,
}

/// `POST /v1/grants`: asks for several accounts and scopes in one question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskGrants {
    pub grants: Vec<GrantWish>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait_seconds: Option<u32>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantWish {
    pub account: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<String>>,
}

/// `GET /v1/grants`, and the answer to the others: the program's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantList {
    pub grants: Vec<GrantView>,
}

/// Times are Unix seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantView {
    pub id: String,
    pub account: super::AccountName,
    pub scopes: Vec<String>,
    pub since: i64,
    /// `null`: until it is ended.
    pub until: Option<i64>,
    pub last_used: Option<i64>,
    pub uses: u64,
}

/// `POST /v1/report`: an API answered 401 to the token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub account: String,
    pub kind: ReportKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<String>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportKind {
    Rejected,
}

/// A new token was fetched; ask for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reported {
    /// Unix seconds.
    pub expires_at: i64,
}
