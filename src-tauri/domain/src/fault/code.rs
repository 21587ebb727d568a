//! The closed list: one row a fault, with what mends it, who can, and how much it matters.

use super::{Mender, Recovery, Severity};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal => $recovery:ident, $mender:ident, $severity:ident,)+) => {
        /// The closed list of faults. `fault.<code>.what` and `.todo` in `ui/messages` say each in words.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Code { $($(#[$doc])* $name,)+ }

        impl Code {
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The stable name used in messages and the ledger.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// What mends it.
            pub const fn recovery(self) -> Recovery {
                match self { $(Self::$name => Recovery::$recovery,)+ }
            }

            /// Who can mend it.
            pub const fn mender(self) -> Mender {
                match self { $(Self::$name => Mender::$mender,)+ }
            }

            /// How much it matters.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)+ }
            }
        }
    };
}

codes! {
    // Consent
    /// The person pressed No on the consent page (`access_denied`, RFC 6749 4.1.2.1).
    ConsentDenied = "consent_denied" => TryAgain, You, Note,
    /// No answer came back from the browser in time.
    ConsentTimedOut = "consent_timed_out" => TryAgain, You, Note,
    /// The browser could not be opened.
    BrowserUnavailable = "browser_unavailable" => CopyLink, You, Warning,
    /// No loopback port could be opened for the answer.
    ListenerUnavailable = "listener_unavailable" => TryAgain, You, Warning,
    /// The answer named another issuer than the one asked (RFC 9207).
    AnswerFromStranger = "answer_from_stranger" => TryAgain, You, Warning,
    /// The provider returned an error to the redirect other than a refusal.
    ConsentRefused = "consent_refused" => TryAgain, You, Warning,
    /// Twice a consent brought no refresh token.
    NoLastingAccess = "no_lasting_access" => TryAgain, You, Warning,
    /// A reconnect was answered by another account (`sub` differs).
    OtherAccountChosen = "other_account_chosen" => Reconnect, You, Note,
    /// The `id_token` did not prove who signed in (OpenID Connect Core 3.1.3.7).
    IdentityUnproven = "identity_unproven" => TryAgain, You, Warning,
    /// The code was refused: used, mangled, or its verifier missing.
    CodeRefused = "code_refused" => TryAgain, You, Warning,
    /// The answer to the code was lost on the way.
    AnswerLost = "answer_lost" => TryAgain, You, Warning,
    /// A consent was given and its grant never arrived: the program was ended right then.
    ConsentInterrupted = "consent_interrupted" => TryAgain, You, Warning,

    // The grant
    /// `invalid_grant`: the grant was ended, for whatever reason.
    GrantEnded = "grant_ended" => Reconnect, You, Alarm,
    /// `invalid_grant` "Bad Request": the provider does not know this grant (any more).
    GrantUnknown = "grant_unknown" => Reconnect, You, Alarm,
    /// `invalid_grant` "Account has been deleted".
    AccountDeleted = "account_deleted" => Reconnect, You, Alarm,
    /// `invalid_grant` after an answer with a rotated token was lost on the way (RFC 9700 4.14.2).
    RotationLost = "rotation_lost" => Reconnect, You, Alarm,
    /// `invalid_rapt` / `rapt_required`: the organisation's sign-in session ended.
    SignInExpired = "sign_in_expired" => SignInAgain, You, Alarm,
    /// The account is being disconnected; nothing is handed out any more.
    Disconnecting = "disconnecting" => Nothing, Nobody, Note,
    /// There is no such account.
    AccountUnknown = "account_unknown" => Nothing, Nobody, Note,
    /// The same button is already at work.
    AlreadyAtWork = "already_at_work" => Nothing, Nobody, Note,
    /// The program is closing; what was asked can be asked again after its next start.
    Stopping = "stopping" => TryAgain, You, Note,

    // The client
    /// No client file was imported yet.
    ClientMissing = "client_missing" => ImportClient, You, Alarm,
    /// 401 `invalid_client`: not found, or the secret is wrong.
    ClientRefused = "client_refused" => ImportClient, You, Alarm,
    /// 401 `deleted_client`.
    ClientDeleted = "client_deleted" => ImportClient, You, Alarm,
    /// 401 `unauthorized_client`, or what is kept says so: the token belongs to another client.
    ClientMismatch = "client_mismatch" => Reconnect, You, Alarm,
    /// Accounts, or a consent under way, need the client that should be removed; the detail names the accounts.
    ClientInUse = "client_in_use" => Nothing, You, Note,
    /// The chosen file is not a client file at all.
    ClientFileUnreadable = "client_file_unreadable" => ImportClient, You, Warning,
    /// A client of type "Web application".
    ClientFileWeb = "client_file_web" => ImportClient, You, Warning,
    /// A service-account key.
    ClientFileServiceAccount = "client_file_service_account" => ImportClient, You, Warning,
    /// A desktop client file without its ID or secret.
    ClientFileIncomplete = "client_file_incomplete" => ImportClient, You, Warning,

    // The provider
    /// `admin_policy_enforced`.
    AdministratorBlocked = "administrator_blocked" => AskAdministrator, Administrator, Alarm,
    /// `invalid_request` / `invalid_scope`: something asked for is refused.
    RequestRefused = "request_refused" => TryAgain, You, Warning,
    /// 403, 408 or 429: busy, or too much was asked of it.
    ProviderBusy = "provider_busy" => TryAgain, Time, Note,
    /// 5xx, or an error page: down for now.
    ProviderDown = "provider_down" => TryAgain, Time, Warning,
    /// The answer made no sense.
    ProviderUnreadable = "provider_unreadable" => TryAgain, Time, Warning,
    /// No answer within the time allowed.
    ProviderSilent = "provider_silent" => TryAgain, Time, Warning,
    /// An error this program does not know; everything is kept.
    ProviderRefused = "provider_refused" => TryAgain, You, Warning,
    /// The provider is not in the configuration.
    ProviderUnknown = "provider_unknown" => Nothing, You, Warning,

    // The way to the provider
    /// There is no connection, or it broke.
    Offline = "offline" => TryAgain, Time, Warning,
    /// The provider's name has no address here (DNS).
    NameNotFound = "name_not_found" => TryAgain, Time, Warning,
    /// A network that wants a sign-in of its own first answers instead (RFC 8952).
    CaptivePortal = "captive_portal" => SignInToNetwork, Time, Warning,
    /// The proxy that the system names cannot be reached, or refuses.
    ProxyRefused = "proxy_refused" => MendNetwork, Time, Warning,
    /// Somebody in between shows a certificate that this computer does not trust; the detail names its issuer.
    ConnectionIntercepted = "connection_intercepted" => MendNetwork, Time, Warning,
    /// This computer's clock is too far off for certificates or sign-ins; the detail says by how much.
    ClockWrong = "clock_wrong" => SetClock, You, Warning,

    // The vault
    /// There is no session bus on which a vault could be found.
    VaultUnreachable = "vault_unreachable" => MendVault, You, Alarm,
    /// No credential vault runs here.
    VaultAbsent = "vault_absent" => MendVault, You, Alarm,
    /// The vault runs and has no collection to keep anything in.
    VaultEmpty = "vault_empty" => MendVault, You, Alarm,
    /// The vault is locked and nobody unlocked it in time; work goes on by itself once it is open.
    VaultLocked = "vault_locked" => UnlockVault, You, Warning,
    /// The unlock question was dismissed; work goes on by itself once it is open.
    VaultDismissed = "vault_dismissed" => UnlockVault, You, Warning,
    /// The vault does not let this program in.
    VaultDenied = "vault_denied" => MendVault, You, Alarm,
    /// The vault takes nothing of this size.
    VaultTooSmall = "vault_too_small" => MendVault, You, Alarm,
    /// The vault answers, but this item cannot be read.
    VaultItemDamaged = "vault_item_damaged" => Reconnect, You, Alarm,
    /// The item is not in the vault (any more).
    VaultItemMissing = "vault_item_missing" => Reconnect, You, Alarm,
    /// What was written did not come back the same.
    VaultUnfaithful = "vault_unfaithful" => MendVault, You, Alarm,
    /// The vault failed in another way.
    VaultFailed = "vault_failed" => MendVault, You, Warning,

    // The encrypted file that a person chose instead, and backups
    /// Nobody gave the passphrase or key of the file.
    PassphraseMissing = "passphrase_missing" => UnlockVault, You, Alarm,
    /// The passphrase or key does not open the file.
    PassphraseWrong = "passphrase_wrong" => UnlockVault, You, Alarm,
    /// The file is cut short or changed; nothing in it is used.
    VaultFileDamaged = "vault_file_damaged" => MendVault, You, Alarm,
    /// Another program has the file open.
    VaultFileBusy = "vault_file_busy" => TryAgain, Time, Warning,
    /// The chosen file is no backup, or was made by a newer version.
    BackupUnreadable = "backup_unreadable" => Nothing, You, Warning,

    // This computer
    /// The disk is full.
    DiskFull = "disk_full" => MendComputer, You, Alarm,
    /// The ledger cannot be written or read.
    LedgerFailed = "ledger_failed" => MendComputer, You, Alarm,
    /// The ledger was written by a newer version.
    LedgerTooNew = "ledger_too_new" => MendComputer, You, Alarm,
    /// The practice provider could not start.
    PracticeUnavailable = "practice_unavailable" => TryAgain, You, Warning,
    /// A page or the clipboard could not be opened.
    DesktopRefused = "desktop_refused" => TryAgain, You, Warning,
}

impl Code {
    /// The code of this name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text)
    }

    /// Only these move an account to "needs reconnect"; every other fault leaves the grant trusted.
    /// Source: Google, "Refresh token expiration"; RAPT answers are `SignInExpired` and not among them.
    pub const fn ends_grant(self) -> bool {
        matches!(
            self,
            Self::GrantEnded | Self::GrantUnknown | Self::AccountDeleted | Self::RotationLost
        )
    }

    /// Whether waiting and asking again can help without anybody doing anything.
    pub const fn passes_by_itself(self) -> bool {
        matches!(self.mender(), Mender::Time)
    }

    /// Whether the provider may have done what was asked, though no good answer came.
    pub const fn may_have_landed(self) -> bool {
        matches!(
            self,
            Self::AnswerLost
                | Self::IdentityUnproven
                | Self::ClockWrong
                | Self::Offline
                | Self::ProviderBusy
                | Self::ProviderDown
                | Self::ProviderSilent
                | Self::ProviderUnreadable
                | Self::ProviderRefused
        )
    }

    /// Whether another network may be all that is missing.
    pub const fn is_of_the_network(self) -> bool {
        matches!(
            self,
            Self::Offline
                | Self::NameNotFound
                | Self::CaptivePortal
                | Self::ProxyRefused
                | Self::ConnectionIntercepted
                | Self::ProviderSilent
        )
    }

    /// Whether an unlocked or restarted vault may be all that is missing.
    pub const fn is_of_the_vault(self) -> bool {
        matches!(
            self,
            Self::VaultUnreachable
                | Self::VaultAbsent
                | Self::VaultEmpty
                | Self::VaultLocked
                | Self::VaultDismissed
                | Self::VaultFailed
                | Self::PassphraseMissing
                | Self::VaultFileBusy
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_distinct_and_found_by_their_name() {
        let mut names: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all, "two faults share a code");
        for code in Code::ALL {
            assert_eq!(Code::parse(code.as_str()), Some(*code));
        }
    }

    #[test]
    fn only_a_dead_grant_ends_a_grant() {
        let ending: Vec<_> = Code::ALL.iter().filter(|code| code.ends_grant()).collect();
        assert_eq!(
            ending,
            [
                &Code::GrantEnded,
                &Code::GrantUnknown,
                &Code::AccountDeleted,
                &Code::RotationLost
            ]
        );
    }

    /// Each of the three asks something else, and what ends a grant is none of them.
    #[test]
    fn what_is_missing_and_what_may_have_landed_are_told_apart() {
        for (code, landed, network, vault) in [
            (Code::AnswerLost, true, false, false),
            (Code::Offline, true, true, false),
            (Code::ProviderSilent, true, true, false),
            (Code::CaptivePortal, false, true, false),
            (Code::NameNotFound, false, true, false),
            (Code::VaultLocked, false, false, true),
            (Code::VaultDenied, false, false, false),
            (Code::GrantEnded, false, false, false),
        ] {
            let classes = (
                code.may_have_landed(),
                code.is_of_the_network(),
                code.is_of_the_vault(),
            );
            assert_eq!(classes, (landed, network, vault), "{code:?}");
        }
        for code in Code::ALL.iter().filter(|code| code.ends_grant()) {
            assert!(!code.may_have_landed() && !code.is_of_the_network() && !code.is_of_the_vault());
        }
        for code in Code::ALL.iter().filter(|code| code.is_of_the_vault()) {
            assert!(!code.may_have_landed() && !code.is_of_the_network(), "{code:?}");
        }
    }

    #[test]
    fn what_passes_by_itself_ends_nothing_and_alarms_nobody() {
        for code in Code::ALL.iter().filter(|code| code.passes_by_itself()) {
            assert!(!code.ends_grant(), "{code:?}");
            assert!(code.severity() < Severity::Alarm, "{code:?}");
        }
    }
}
