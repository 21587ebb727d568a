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
        Code::Offline => Problem::Offline,
        Code::ProviderBusy | Code::ProviderSilent => Problem::ProviderBusy,
        Code::RequestRefused => Problem::ScopeNotGranted,
        Code::VaultLocked | Code::VaultDismissed => Problem::VaultLocked,
        _ => match code.recovery() {
            Recovery::Reconnect => Problem::NeedsReconnect,
            Recovery::SignInAgain => Problem::NeedsSignIn,
            Recovery::ImportClient => Problem::ClientTrouble,
            Recovery::AskAdministrator => Problem::AdministratorBlocked,
            Recovery::MendVault => Problem::VaultFailed,
            Recovery::MendComputer => Problem::ComputerTrouble,
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
