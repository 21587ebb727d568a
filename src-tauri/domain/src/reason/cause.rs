//! The closed list of causes: one row each, with what mends it.

use crate::{Code, Recovery};

macro_rules! causes {
    ($($(#[$doc:meta])* $name:ident = $text:literal => $recovery:ident,)+) => {
        /// What can end a grant. `reason.<cause>.what`, `.todo` and `.short` in `ui/messages` say each in words.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Cause { $($(#[$doc])* $name,)+ }

        impl Cause {
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The stable name used in messages.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }

            /// What mends it: the one button.
            pub const fn recovery(self) -> Recovery {
                match self { $(Self::$name => Recovery::$recovery,)+ }
            }
        }
    };
}

// Source: Google, "Using OAuth 2.0 to Access Google APIs", "Refresh token expiration"; the rest is of this
// computer, or of providers that change refresh tokens (RFC 9700 4.14.2).
causes! {
    /// The project is in Testing, where a grant lives for seven days.
    TestingEnded = "testing_ended" => Reconnect,
    /// Nothing used it for six months.
    Unused = "unused" => Reconnect,
    /// A new password ends grants that open the mail.
    PasswordChanged = "password_changed" => Reconnect,
    /// More than 100 live grants of one account and client: the oldest dies silently.
    TooManyConsents = "too_many_consents" => Reconnect,
    /// The person removed the app on the provider's page.
    RemovedByPerson = "removed_by_person" => Reconnect,
    /// The person allowed access for a limited time only.
    TimeLimited = "time_limited" => Reconnect,
    /// The organisation's administrator restricted it.
    Administrator = "administrator" => AskAdministrator,
    /// The organisation wants a fresh sign-in from time to time.
    SessionControl = "session_control" => SignInAgain,
    /// The account was deleted or disabled.
    AccountDeleted = "account_deleted" => Reconnect,
    /// The client was deleted, or nobody used it for six months.
    ClientDeleted = "client_deleted" => ImportClient,
    /// Disconnected on another computer, which ends the project's grant everywhere.
    RevokedElsewhere = "revoked_elsewhere" => Reconnect,
    /// The provider ended it to keep the account safe.
    SecurityPurge = "security_purge" => Reconnect,
    /// What this computer kept of it is gone, or damaged.
    VaultLost = "vault_lost" => Reconnect,
    /// It belongs to another client than the one used now.
    OtherClient = "other_client" => Reconnect,
    /// An answer with the changed refresh token was lost on the way.
    RotationLost = "rotation_lost" => Reconnect,
    /// Nothing that is known here fits.
    Unknown = "unknown" => Reconnect,
}

impl Cause {
    /// Whether a fault is about a grant, so that a cause can be looked for. The others say by themselves
    /// what is wrong: the network, the vault, this computer.
    pub const fn is_behind(code: Code) -> bool {
        code.ends_grant()
            || matches!(
                code,
                Code::SignInExpired
                    | Code::AdministratorBlocked
                    | Code::ClientDeleted
                    | Code::ClientRefused
                    | Code::ClientMismatch
                    | Code::VaultItemMissing
                    | Code::VaultItemDamaged
            )
    }
}
