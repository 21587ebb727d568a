//! What may be asked for, and how the consent page says it.

use serde::{Deserialize, Serialize};

const PREFIX: &str = "https://www.googleapis.com/auth/";
pub const OPENID: &str = "openid";
pub const EMAIL: &str = "https://www.googleapis.com/auth/userinfo.email";
pub const PROFILE: &str = "https://www.googleapis.com/auth/userinfo.profile";
pub const MAIL: &str = "https://mail.google.com/";
/// OIDC Core 11. Google refuses it; other providers need it.
pub const OFFLINE_ACCESS: &str = "offline_access";

/// Scopes in the order in which they were asked, each once, written in full.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Scopes(Vec<String>);

impl Scopes {
    /// Reads a space-separated list. `email` and `profile` become the full addresses in which
    /// Google answers them.
    pub fn parse(text: &str) -> Self {
        text.split_ascii_whitespace().map(in_full).collect()
    }

    pub fn text(&self) -> String {
        self.0.join(" ")
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn has(&self, scope: &str) -> bool {
        self.0.iter().any(|held| held == scope)
    }

    /// Whether one of these is held, each named by the last part of its address or in full.
    pub fn has_any(&self, names: &[&str]) -> bool {
        names
            .iter()
            .any(|name| self.has(name) || self.has(&format!("{PREFIX}{name}")))
    }

    pub fn covers(&self, asked: &Self) -> bool {
        asked.iter().all(|scope| self.has(scope))
    }

    #[must_use]
    pub fn union(&self, more: &Self) -> Self {
        self.0.iter().chain(&more.0).cloned().collect()
    }

    /// Who the person is: granted together, never with a checkbox.
    #[must_use]
    pub fn sign_in(&self) -> Self {
        self.filtered(is_sign_in)
    }

    /// What the person lets the app see or change.
    #[must_use]
    pub fn access(&self) -> Self {
        self.filtered(|scope| !is_sign_in(scope))
    }

    /// A password change ends refresh tokens that hold one of these
    /// (Google, "Using OAuth 2.0": refresh token expiration).
    pub fn reach_gmail(&self) -> bool {
        self.iter().any(|scope| {
            scope == MAIL
                || scope
                    .strip_prefix(PREFIX)
                    .is_some_and(|name| name.starts_with("gmail."))
        })
    }

    #[must_use]
    pub fn filtered(&self, keep: impl Fn(&str) -> bool) -> Self {
        self.iter()
            .filter(|scope| keep(scope))
            .map(str::to_owned)
            .collect()
    }
}

impl FromIterator<String> for Scopes {
    fn from_iter<T: IntoIterator<Item = String>>(scopes: T) -> Self {
        let mut unique = Vec::new();
        for scope in scopes {
            if !unique.contains(&scope) {
                unique.push(scope);
            }
        }
        Self(unique)
    }
}

fn in_full(scope: &str) -> String {
    match scope {
        "email" => EMAIL,
        "profile" => PROFILE,
        other => other,
    }
    .to_owned()
}

fn is_sign_in(scope: &str) -> bool {
    matches!(scope, OPENID | EMAIL | PROFILE | OFFLINE_ACCESS)
}

/// Whether the practice Google has heard of this scope.
pub fn is_known(scope: &str) -> bool {
    is_sign_in(scope) || in_plain_words(scope).is_some()
}

/// How the consent page says what a scope allows.
pub fn in_plain_words(scope: &str) -> Option<&'static str> {
    if scope == MAIL {
        return Some("Read, write, send and permanently delete all your mail");
    }
    let name = scope.strip_prefix(PREFIX)?;
    WORDS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, words)| *words)
}

const WORDS: &[(&str, &str)] = &[
    ("gmail.readonly", "Read all your mail and mail settings"),
    ("gmail.modify", "Read, write, send and organise your mail"),
    ("gmail.compose", "Write drafts and send mail"),
    ("gmail.send", "Send mail as you, without reading any"),
    ("gmail.insert", "Add messages to your mailbox"),
    ("gmail.metadata", "See senders, subjects and labels, not the text"),
    ("gmail.labels", "See and edit your mail labels"),
    ("gmail.settings.basic", "Change your mail settings and filters"),
    ("gmail.settings.sharing", "Change who can reach your mail"),
    ("drive", "See, edit and delete all your Drive files"),
    ("drive.readonly", "See and download all your Drive files"),
    (
        "drive.file",
        "See and edit only the Drive files you open with this app",
    ),
    ("drive.appdata", "Keep its own hidden settings in your Drive"),
    (
        "drive.metadata",
        "See and edit names and details of all your Drive files",
    ),
    (
        "drive.metadata.readonly",
        "See names and details of all your Drive files",
    ),
    ("documents", "See, edit and delete all your Docs"),
    ("documents.readonly", "See all your Docs"),
    ("spreadsheets", "See, edit and delete all your Sheets"),
    ("spreadsheets.readonly", "See all your Sheets"),
    ("presentations", "See, edit and delete all your Slides"),
    ("presentations.readonly", "See all your Slides"),
    ("forms.body", "See and edit all your forms"),
    ("forms.responses.readonly", "See the answers to your forms"),
    ("calendar", "See, edit, share and delete all your calendars"),
    ("calendar.readonly", "See all your calendars"),
    ("calendar.events", "See and change events in all your calendars"),
    ("calendar.events.readonly", "See events in all your calendars"),
    ("calendar.freebusy", "See when you are busy"),
    ("contacts", "See, edit and delete your contacts"),
    ("contacts.readonly", "See your contacts"),
    (
        "contacts.other.readonly",
        "See contacts that were saved by themselves",
    ),
    ("directory.readonly", "See your organisation's directory"),
    ("user.birthday.read", "See your full date of birth"),
    ("user.phonenumbers.read", "See your phone numbers"),
    ("tasks", "See, edit and delete your tasks"),
    ("tasks.readonly", "See your tasks"),
    ("youtube", "See and change your YouTube account"),
    ("youtube.readonly", "See your YouTube account"),
    ("youtube.upload", "Upload and change YouTube videos"),
    (
        "youtube.force-ssl",
        "See, edit and delete YouTube videos and comments",
    ),
    ("chat.messages", "See, write and delete chat messages"),
    ("chat.messages.readonly", "See chat messages"),
    ("cloud-platform", "See, change and delete your cloud data"),
    ("bigquery", "See and change your BigQuery data"),
    ("analytics.readonly", "See your Analytics data"),
    ("webmasters.readonly", "See your Search Console data"),
    ("script.projects", "See and change your scripts"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn email_comes_back_in_full_and_once() {
        let scopes = Scopes::parse(&format!("openid email  {EMAIL} profile"));
        assert_eq!(scopes.text(), format!("openid {EMAIL} {PROFILE}"));
        assert!(scopes.access().is_empty());
    }

    #[test]
    fn gmail_is_told_from_drive() {
        assert!(Scopes::parse(MAIL).reach_gmail());
        assert!(Scopes::parse(&format!("{PREFIX}gmail.send")).reach_gmail());
        assert!(!Scopes::parse(&format!("openid {PREFIX}drive.file")).reach_gmail());
    }
}
