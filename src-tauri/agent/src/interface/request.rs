use std::path::PathBuf;

use evergrant_domain::{Permission, lifecycle};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{
    BrowserPick, BrowserView, Decision, HistoryView, Lasting, LogView, NamedBrowserView, ProfileName,
    ProxyUnfit, ProxyView, Wish,
};

/// What can be asked of the agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    ShowProfile(ProfileName),
    /// Reads a client file of the provider's console; its secret goes to the vault.
    ImportClient {
        provider: String,
        file: PathBuf,
    },
    /// With this client; none: the one that was used last.
    Connect {
        provider: String,
        client: Option<String>,
        consent: ConsentRequest,
    },
    /// With its own client, unless another one is named.
    Reconnect {
        account: String,
        client: Option<String>,
    },
    /// Consent once more for what was asked and not given.
    AskAgain {
        account: String,
    },
    /// With nothing in it, it is called by its project again.
    RenameClient {
        client: String,
        name: String,
    },
    /// Only one that no account needs.
    RemoveClient {
        client: String,
    },
    CancelAttempt,
    OpenAgain,
    /// The link of the consent page, to copy. Holds no secret.
    Link,
    SaveAgain,
    Test {
        account: String,
    },
    TestAll,
    Refresh {
        account: String,
    },
    Disconnect {
        account: String,
        reach: Reach,
    },
    /// Disconnects every account of the shown profile, on all computers.
    DisconnectAll,
    /// Disconnects every account, deletes all that is kept on this computer, and ends the program. Asked once more,
    /// what hindered it is tried again.
    DeleteEverything {
        /// Without waiting for what cannot be ended or reached now.
        now: bool,
    },
    /// Calls that off; accounts that are disconnected stay so.
    KeepEverything,
    /// What happened to the account.
    History {
        account: String,
    },
    /// The account's picture, as kept here.
    Picture {
        account: String,
    },
    DismissNotice(u32),
    Programs(ProgramRequest),
    /// Says everything in this language from now on, by its BCP 47 tag; none: in the system's.
    Speak(Option<String>),
    /// Does it so from now on, in both profiles.
    Choose(Wish),
    /// Calls other computers through this proxy from now on.
    ChooseProxy(ProxyView),
    /// The browsers that can be chosen.
    Browsers,
    /// The browser in which the account is connected again; none: the one that was chosen for all.
    AccountBrowser {
        account: String,
    },
    ChooseAccountBrowser {
        account: String,
        browser: Option<BrowserPick>,
    },
    Setting {
        name: String,
    },
    SetSetting {
        name: String,
        value: String,
    },
}

/// What a person decides about programs, whichever profile is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProgramRequest {
    /// The answer to the question with this id; fine when it is no longer asked.
    Answer {
        question: u32,
        decision: Decision,
    },
    /// Makes a grant narrower, or last otherwise.
    Change {
        grant: String,
        scopes: Vec<String>,
        lasting: Option<Lasting>,
    },
    End {
        grant: String,
    },
    /// Ends what a program was granted, and forgets that it was refused or muted.
    Forget {
        program: String,
    },
    EndAll,
    /// Thinks again: what was ended last is as it was. Fine when it is too late.
    GiveBack,
    /// No program gets anything until it is ended.
    Pause(bool),
    Log {
        search: String,
        before: Option<u32>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    Begun,
    Link(String),
    /// A `data:` address.
    Picture(Option<String>),
    Setting(Option<String>),
    Log(LogView),
    History(HistoryView),
    Browsers(Vec<BrowserView>),
    AccountBrowser(Option<NamedBrowserView>),
    /// That is no proxy; nothing was changed.
    Unfit(ProxyUnfit),
}

/// What consent is asked for; both empty: only sign-in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConsentRequest {
    pub permissions: Vec<PermissionId>,
    pub scopes: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PermissionId {
    SendMail,
    ReadMail,
    Calendar,
    Contacts,
    DriveFiles,
}

impl From<PermissionId> for Permission {
    fn from(id: PermissionId) -> Self {
        match id {
            PermissionId::SendMail => Self::SendMail,
            PermissionId::ReadMail => Self::ReadMail,
            PermissionId::Calendar => Self::Calendar,
            PermissionId::Contacts => Self::Contacts,
            PermissionId::DriveFiles => Self::DriveFiles,
        }
    }
}

impl From<Permission> for PermissionId {
    fn from(permission: Permission) -> Self {
        match permission {
            Permission::SendMail => Self::SendMail,
            Permission::ReadMail => Self::ReadMail,
            Permission::Calendar => Self::Calendar,
            Permission::Contacts => Self::Contacts,
            Permission::DriveFiles => Self::DriveFiles,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Reach {
    Everywhere,
    ThisComputer,
}

impl From<Reach> for lifecycle::Reach {
    fn from(reach: Reach) -> Self {
        match reach {
            Reach::Everywhere => Self::Everywhere,
            Reach::ThisComputer => Self::ThisComputer,
        }
    }
}
