use serde::{Deserialize, Serialize};
use specta::Type;

use super::{FaultView, ForecastView, ReasonView};

/// One account as shown. Times are Unix seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AccountView {
    pub id: String,
    pub provider: String,
    pub provider_name: String,
    /// The client that it was connected with, by its name on this computer.
    pub client: String,
    pub email: String,
    pub name: Option<String>,
    pub has_picture: bool,
    pub state: AccountState,
    /// What is wrong now, if anything.
    pub fault: Option<FaultView>,
    /// Why it stopped, where it did.
    pub reason: Option<ReasonView>,
    /// What will end it before long, while it works.
    pub forecast: Option<ForecastView>,
    /// Scopes as the provider answered, sign-in left out.
    pub granted: Vec<String>,
    /// Scopes that were asked and not given.
    pub missing: Vec<String>,
    pub connected_since: u32,
    pub last_checked: Option<u32>,
    /// End of the current access token.
    pub fresh_until: Option<u32>,
    pub busy: Option<Activity>,
    /// How the last button ended.
    pub outcome: Option<Outcome>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum AccountState {
    Connected,
    NeedsReconnect,
    NeedsSignIn,
    Disconnecting,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Activity {
    Testing,
    Refreshing,
    Disconnecting,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Outcome {
    Connected {
        at: u32,
        renewed: bool,
    },
    Refreshed {
        at: u32,
        until: u32,
    },
    Tested {
        at: u32,
        lines: Vec<TestLine>,
    },
    Failed {
        at: u32,
        activity: Activity,
        fault: FaultView,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TestLine {
    pub check: Check,
    pub verdict: Verdict,
    pub fault: Option<FaultView>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Check {
    SignIn,
    Identity,
    Gmail,
    Calendar,
    Contacts,
    Drive,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    Works,
    SwitchedOff,
    NotAllowed,
    Failed,
}
