use evergrant_domain::{Code, Recovery};
use evergrant_protocol::ProblemCode as Problem;

/// What a fault means to a program: who can mend it, and whether asking again helps.
pub fn meaning(code: Code) -> Problem {
    match code {
        Code::SignInExpired => Problem::NeedsSignIn,
        Code::AccountUnknown => Problem::AccountUnknown,
        Code::Disconnecting => Problem::Disconnecting,
        Code::AlreadyAtWork => Problem::AlreadyAtWork,
        Code::Stopping => Problem::NotReady,
        Code::ProviderSilent | Code::ProviderBusy | Code::ProviderDown => Problem::ProviderBusy,
        code if code.is_of_the_network() => Problem::Offline,
        Code::RequestRefused => Problem::ScopeNotGranted,
        _ => match code.recovery() {
            Recovery::Reconnect => Problem::NeedsReconnect,
            Recovery::SignInAgain => Problem::NeedsSignIn,
            Recovery::ImportClient => Problem::ClientTrouble,
            Recovery::AskAdministrator => Problem::AdministratorBlocked,
            Recovery::UnlockVault => Problem::VaultLocked,
            Recovery::MendVault => Problem::VaultFailed,
            Recovery::MendComputer | Recovery::SetClock => Problem::ComputerTrouble,
            Recovery::SignInToNetwork | Recovery::MendNetwork => Problem::Offline,
            Recovery::TryAgain | Recovery::CopyLink | Recovery::Nothing => Problem::ProviderFailed,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_a_grant_is_never_repeated_and_what_passes_by_itself_is() {
        for code in Code::ALL {
            if code.ends_grant() {
                assert!(!meaning(*code).retry(), "{code:?}");
            }
            if code.passes_by_itself() {
                assert!(meaning(*code).retry(), "{code:?}");
            }
        }
    }
}
