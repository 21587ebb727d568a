//! How the command ends, as a number that scripts decide by.

use std::process::ExitCode;

use evergrant_domain::fault::{Code, Recovery};
use evergrant_protocol::ProblemCode;
use evergrant_protocol::client::Unreachable;

macro_rules! exits {
    ($($(#[doc = $doc:literal])+ $name:ident = $number:literal,)+) => {
        /// The closed list of exit codes; the man page is written from it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Exit { $($(#[doc = $doc])+ $name = $number,)+ }

        impl Exit {
            /// Each number with what it means.
            pub const ALL: &'static [(Self, &'static str)] = &[$((Self::$name, concat!($($doc),+)),)+];
        }
    };
}

exits! {
    /// Done.
    Done = 0,
    /// It failed in a way that none of the others names.
    Failed = 1,
    /// The command line is wrong.
    Usage = 2,
    /// Evergrant is not running.
    NotRunning = 3,
    /// A person said no, or has to allow it first.
    Refused = 4,
    /// A person has to do something: answer a question, reconnect, sign in, unlock, import a client file.
    PersonNeeded = 5,
    /// It may work later: offline, busy, asked too often, starting.
    Later = 6,
    /// There is no such account, or several have the name.
    NoAccount = 7,
}

impl Exit {
    pub const fn number(self) -> u8 {
        self as u8
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.number())
    }
}

impl From<ProblemCode> for Exit {
    fn from(code: ProblemCode) -> Self {
        use ProblemCode as P;
        match code {
            P::CommandOnly | P::ApprovalDenied | P::ApproveInWindow | P::NobodyToAsk => Self::Refused,
            P::ApprovalPending
            | P::Paused
            | P::ScopeNotGranted
            | P::NeedsReconnect
            | P::NeedsSignIn
            | P::Disconnecting
            | P::ClientTrouble
            | P::AdministratorBlocked
            | P::VaultLocked => Self::PersonNeeded,
            P::AlreadyAtWork
            | P::Offline
            | P::ProviderBusy
            | P::ProviderFailed
            | P::VaultFailed
            | P::RateLimited
            | P::TooMany
            | P::NotReady => Self::Later,
            P::AccountUnknown | P::AccountAmbiguous => Self::NoAccount,
            P::BadRequest | P::NotFound | P::MethodNotAllowed | P::TooLarge | P::ComputerTrouble => {
                Self::Failed
            }
        }
    }
}

impl From<Unreachable> for Exit {
    fn from(why: Unreachable) -> Self {
        match why {
            Unreachable::NotRunning | Unreachable::NoPlace => Self::NotRunning,
            Unreachable::Silent => Self::Later,
            Unreachable::Stranger | Unreachable::Broken => Self::Failed,
        }
    }
}

/// What a fault of an account means, which is named like a problem or like a fault of the domain.
pub fn of_fault(name: &str) -> Exit {
    if let Some(code) = ProblemCode::parse(name) {
        return code.into();
    }
    let code = Code::ALL.iter().find(|code| code.as_str() == name);
    match code.map(|code| (code.recovery(), code.passes_by_itself())) {
        Some((_, true)) => Exit::Later,
        Some((
            Recovery::Reconnect
            | Recovery::SignInAgain
            | Recovery::ImportClient
            | Recovery::AskAdministrator
            | Recovery::UnlockVault
            | Recovery::MendVault,
            _,
        )) => Exit::PersonNeeded,
        _ => match code {
            Some(Code::ConsentDenied) => Exit::Refused,
            Some(Code::ConsentTimedOut) => Exit::PersonNeeded,
            _ => Exit::Failed,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_distinct_and_in_order() {
        let numbers: Vec<u8> = Exit::ALL.iter().map(|(exit, _)| exit.number()).collect();
        assert_eq!(numbers, [0, 1, 2, 3, 4, 5, 6, 7]);
    }

    #[test]
    fn no_problem_ends_as_done_or_as_a_wrong_usage() {
        for code in ProblemCode::ALL {
            let exit = Exit::from(*code);
            assert!(
                !matches!(exit, Exit::Done | Exit::Usage | Exit::NotRunning),
                "{code:?}"
            );
            assert!(
                exit != Exit::Later || code.retry() || *code == ProblemCode::AlreadyAtWork,
                "{code:?} is not to be repeated"
            );
        }
    }

    #[test]
    fn faults_end_as_the_problems_they_resemble() {
        assert_eq!(of_fault("offline"), Exit::Later);
        assert_eq!(of_fault("provider_silent"), Exit::Later);
        assert_eq!(of_fault("grant_ended"), Exit::PersonNeeded);
        assert_eq!(of_fault("consent_denied"), Exit::Refused);
        assert_eq!(of_fault("disk_full"), Exit::Failed);
        assert_eq!(of_fault("from_the_future"), Exit::Failed);
    }
}
