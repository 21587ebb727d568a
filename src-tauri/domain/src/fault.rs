//! Everything that can go wrong, as a closed list named by what the receiver can do about it.

use crate::time::Seconds;

/// A fault: what happened, and the provider's own words for people who want the details.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub code: Code,
    pub detail: Option<Detail>,
    /// How long a busy provider asked to be left alone (RFC 9110 10.2.3).
    pub retry_after: Option<Seconds>,
}

impl Fault {
    /// A fault with the provider's own words beside it.
    pub fn with_detail(code: Code, words: &str) -> Self {
        Self {
            detail: Detail::new(words),
            ..Self::from(code)
        }
    }

    /// The same fault, with how long to wait before asking again.
    #[must_use]
    pub fn with_retry_after(self, wait: impl Into<Option<Seconds>>) -> Self {
        let retry_after = wait.into();
        Self { retry_after, ..self }
    }
}

impl From<Code> for Fault {
    fn from(code: Code) -> Self {
        Self {
            code,
            detail: None,
            retry_after: None,
        }
    }
}

/// Words of somebody else (a provider, the system), cut short and cleaned, safe to show and log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail(String);

impl Detail {
    /// Longest detail kept, in characters.
    pub const LONGEST: usize = 200;
    /// A longer run without a space is left out: no word is that long.
    const LONGEST_WORD: usize = 48;
    /// A longer run with digits in it is taken for a secret and left out; tokens and codes have both.
    const LONGEST_WITH_DIGITS: usize = 16;

    fn new(words: &str) -> Option<Self> {
        let kept: Vec<&str> = words
            .split(|letter: char| letter.is_whitespace() || letter.is_control())
            .filter(|word| !word.is_empty() && !Self::may_be_secret(word))
            .collect();
        let text: String = kept.join(" ").chars().take(Self::LONGEST).collect();
        (!text.is_empty()).then_some(Self(text))
    }

    /// Addresses of people are let through: no token has an `@`.
    fn may_be_secret(word: &str) -> bool {
        let digits = word.bytes().any(|byte| byte.is_ascii_digit()) && !word.contains('@');
        let longest = if digits {
            Self::LONGEST_WITH_DIGITS
        } else {
            Self::LONGEST_WORD
        };
        word.chars().count() > longest
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What the receiver of a fault can do: the remedy as data, one button each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recovery {
    /// Nothing is lost; it is tried again by itself, or at the press of a button.
    TryAgain,
    /// A new consent mends it.
    Reconnect,
    /// The organisation wants a fresh sign-in; the grant itself still lives.
    SignInAgain,
    /// The client file has to be imported (again).
    ImportClient,
    /// Only the organisation's administrator can mend it.
    AskAdministrator,
    /// The vault has to be unlocked or set up.
    MendVault,
    /// The disk needs space or the program a newer version.
    MendComputer,
    /// The link can be opened by hand.
    CopyLink,
    /// Nothing to do.
    Nothing,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal => $recovery:ident,)+) => {
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
        }
    };
}

codes! {
    // Consent
    /// The person pressed No on the consent page (`access_denied`, RFC 6749 4.1.2.1).
    ConsentDenied = "consent_denied" => TryAgain,
    /// No answer came back from the browser in time.
    ConsentTimedOut = "consent_timed_out" => TryAgain,
    /// The browser could not be opened.
    BrowserUnavailable = "browser_unavailable" => CopyLink,
    /// No loopback port could be opened for the answer.
    ListenerUnavailable = "listener_unavailable" => TryAgain,
    /// The answer named another issuer than the one asked (RFC 9207).
    AnswerFromStranger = "answer_from_stranger" => TryAgain,
    /// The provider returned an error to the redirect other than a refusal.
    ConsentRefused = "consent_refused" => TryAgain,
    /// Twice a consent brought no refresh token.
    NoLastingAccess = "no_lasting_access" => TryAgain,
    /// A reconnect was answered by another account (`sub` differs).
    OtherAccountChosen = "other_account_chosen" => Reconnect,
    /// The `id_token` did not prove who signed in (OpenID Connect Core 3.1.3.7).
    IdentityUnproven = "identity_unproven" => TryAgain,
    /// The code was refused: used, mangled, or its verifier missing.
    CodeRefused = "code_refused" => TryAgain,
    /// The answer to the code was lost on the way.
    AnswerLost = "answer_lost" => TryAgain,

    // The grant
    /// `invalid_grant`: the grant was ended, for whatever reason.
    GrantEnded = "grant_ended" => Reconnect,
    /// `invalid_grant` "Bad Request": the provider does not know this grant (any more).
    GrantUnknown = "grant_unknown" => Reconnect,
    /// `invalid_grant` "Account has been deleted".
    AccountDeleted = "account_deleted" => Reconnect,
    /// `invalid_rapt` / `rapt_required`: the organisation's sign-in session ended.
    SignInExpired = "sign_in_expired" => SignInAgain,
    /// The account is being disconnected; nothing is handed out any more.
    Disconnecting = "disconnecting" => Nothing,
    /// There is no such account.
    AccountUnknown = "account_unknown" => Nothing,
    /// The same button is already at work.
    AlreadyAtWork = "already_at_work" => Nothing,
    /// The program is closing; what was asked can be asked again after its next start.
    Stopping = "stopping" => TryAgain,

    // The client
    /// No client file was imported yet.
    ClientMissing = "client_missing" => ImportClient,
    /// 401 `invalid_client`: not found, or the secret is wrong.
    ClientRefused = "client_refused" => ImportClient,
    /// 401 `deleted_client`.
    ClientDeleted = "client_deleted" => ImportClient,
    /// 401 `unauthorized_client`: the token belongs to another client.
    ClientMismatch = "client_mismatch" => Reconnect,
    /// The chosen file is not a client file at all.
    ClientFileUnreadable = "client_file_unreadable" => ImportClient,
    /// A client of type "Web application".
    ClientFileWeb = "client_file_web" => ImportClient,
    /// A service-account key.
    ClientFileServiceAccount = "client_file_service_account" => ImportClient,
    /// A desktop client file without its ID or secret.
    ClientFileIncomplete = "client_file_incomplete" => ImportClient,

    // The provider
    /// `admin_policy_enforced`.
    AdministratorBlocked = "administrator_blocked" => AskAdministrator,
    /// `invalid_request` / `invalid_scope`: something asked for is refused.
    RequestRefused = "request_refused" => TryAgain,
    /// 403, 408, 429 or 5xx: busy or down for now.
    ProviderBusy = "provider_busy" => TryAgain,
    /// The answer made no sense.
    ProviderUnreadable = "provider_unreadable" => TryAgain,
    /// No answer within the time allowed.
    ProviderSilent = "provider_silent" => TryAgain,
    /// An error this program does not know; everything is kept.
    ProviderRefused = "provider_refused" => TryAgain,
    /// The provider cannot be reached.
    Offline = "offline" => TryAgain,
    /// The provider is not in the configuration.
    ProviderUnknown = "provider_unknown" => Nothing,

    // The vault
    /// No credential vault runs here.
    VaultAbsent = "vault_absent" => MendVault,
    /// The vault is locked and nobody unlocked it in time.
    VaultLocked = "vault_locked" => MendVault,
    /// The unlock question was dismissed.
    VaultDismissed = "vault_dismissed" => MendVault,
    /// The vault answers, but this item cannot be read.
    VaultItemDamaged = "vault_item_damaged" => Reconnect,
    /// The item is not in the vault (any more).
    VaultItemMissing = "vault_item_missing" => Reconnect,
    /// What was written did not come back the same.
    VaultUnfaithful = "vault_unfaithful" => MendVault,
    /// The vault failed in another way.
    VaultFailed = "vault_failed" => MendVault,

    // This computer
    /// The disk is full.
    DiskFull = "disk_full" => MendComputer,
    /// The ledger cannot be written or read.
    LedgerFailed = "ledger_failed" => MendComputer,
    /// The ledger was written by a newer version.
    LedgerTooNew = "ledger_too_new" => MendComputer,
    /// The practice provider could not start.
    PracticeUnavailable = "practice_unavailable" => TryAgain,
    /// A page or the clipboard could not be opened.
    DesktopRefused = "desktop_refused" => TryAgain,
}

impl Code {
    /// Only these move an account to "needs reconnect"; every other fault leaves the grant trusted.
    /// Source: Google, "Refresh token expiration"; RAPT answers are `SignInExpired` and not among them.
    pub const fn ends_grant(self) -> bool {
        matches!(self, Self::GrantEnded | Self::GrantUnknown | Self::AccountDeleted)
    }

    /// Whether waiting and asking again can help without anybody doing anything.
    pub const fn passes_by_itself(self) -> bool {
        matches!(
            self,
            Self::ProviderBusy | Self::ProviderUnreadable | Self::ProviderSilent | Self::Offline
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_distinct() {
        let mut names: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all, "two faults share a code");
    }

    #[test]
    fn a_detail_leaves_out_what_could_be_a_secret() {
        let token = "x".repeat(60);
        let fault = Fault::with_detail(Code::ProviderRefused, &format!("bad {token}\nvalue"));
        assert_eq!(fault.detail.expect("words remain").as_str(), "bad value");
    }

    #[test]
    fn a_short_token_is_no_word_and_an_address_is() {
        let said = "token 1//0practice-Zm9vYmFyYmF6cXV4 of anna.1984.long@example.com is bad";
        let fault = Fault::with_detail(Code::ProviderRefused, said);
        let kept = fault.detail.expect("words remain");
        assert_eq!(kept.as_str(), "token of anna.1984.long@example.com is bad");
    }

    #[test]
    fn only_a_dead_grant_ends_a_grant() {
        let ending: Vec<_> = Code::ALL.iter().filter(|code| code.ends_grant()).collect();
        assert_eq!(
            ending,
            [&Code::GrantEnded, &Code::GrantUnknown, &Code::AccountDeleted]
        );
    }
}
