//! What the engine tells whoever watches. Nothing in it is secret.

use evergrant_domain::{
    AccountId, Api, Fault, Moment, ScopeSet, Timestamp,
    lifecycle::{Standing, Trouble},
    provider::ProviderId,
};

use crate::ports::{ProbeAnswer, Row};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Account(Box<Status>),
    /// The account is gone from this computer.
    Gone {
        id: AccountId,
        label: String,
        everywhere: bool,
    },
    Attempt(Option<AttemptStatus>),
    /// An attempt ended in a connected account.
    Connected {
        id: AccountId,
        label: String,
        renewed: bool,
    },
    /// A grant that nobody waited for was given back to the provider.
    GrantReturned {
        label: String,
    },
    /// Accounts found in the vault that the ledger did not know.
    Found {
        count: usize,
    },
    /// Clients were found in the vault that the ledger did not know, or were taken over from earlier versions.
    Clients,
    /// Something is wrong that concerns no single account.
    Trouble(Fault),
}

/// An account at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    pub row: Row,
    pub standing: Standing,
    pub trouble: Option<Fault>,
    /// The end of the kept lease.
    pub fresh_until: Option<Moment>,
    /// What failed while the grant is trusted, and when it is tried again.
    pub passing: Option<Trouble>,
    pub busy: Option<Activity>,
    pub outcome: Option<Outcome>,
    pub has_picture: bool,
}

impl Status {
    /// What was asked and not given, sign-in left out.
    pub fn missing(&self) -> ScopeSet {
        let missing = self.row.asked.missing_from(&self.row.granted);
        missing.iter().filter(|s| !s.is_sign_in()).cloned().collect()
    }
}

/// What a button set going.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
    Testing,
    Refreshing,
    Disconnecting,
}

/// How a button's work ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Connected {
        at: Timestamp,
        renewed: bool,
    },
    Refreshed {
        at: Timestamp,
        until: Timestamp,
    },
    Tested {
        at: Timestamp,
        lines: Vec<TestLine>,
    },
    Failed {
        at: Timestamp,
        activity: Activity,
        fault: Fault,
    },
}

/// One line of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestLine {
    pub check: Check,
    pub result: Result<ProbeAnswer, Fault>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// The grant still brings access.
    SignIn,
    /// The provider says who it belongs to, and it is this account.
    Identity,
    Api(Api),
}

/// The consent attempt under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttemptStatus {
    pub provider: ProviderId,
    pub purpose: AttemptPurpose,
    /// The client that is asked, once it is known.
    pub client_id: Option<String>,
    pub label: Option<String>,
    pub step: Step,
    pub asked_again: bool,
    pub deadline: Timestamp,
    pub fault: Option<Fault>,
}

/// How the consent page comes before the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Showing {
    Browser,
    /// Whoever asked shows the link, such as over SSH.
    Link,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttemptPurpose {
    Adding,
    Reconnecting,
    AskingAgain,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Opening,
    Waiting,
    Finishing,
    Saving,
    NotSaved,
    Failed,
}
