//! Why a request was not answered, as a problem document (RFC 9457).

use serde::{Deserialize, Serialize};

macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $status:literal,)+) => {
        /// The closed list of problems. `problem.<code>.what` and `.todo` in `ui/messages` say each in words.
        /// 4xx: the same request will be answered the same; 5xx: it may be sent again.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ProblemCode { $($(#[$doc])* $name,)+ }

        impl ProblemCode {
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The stable name; clients decide by it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// The HTTP status that goes with it (RFC 9110 15).
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)+ }
            }

            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.as_str() == text)
            }
        }
    };
}

problems! {
    // The request
    /// A field is missing or of the wrong type; `detail` names it.
    BadRequest = "bad_request", 400,
    /// No such path.
    NotFound = "not_found", 404,
    /// The path exists, not with this method.
    MethodNotAllowed = "method_not_allowed", 405,
    /// The body is larger than 64 KiB.
    TooLarge = "too_large", 413,
    /// Only the `evergrant` command may ask this.
    CommandOnly = "command_only", 403,

    // The person's decision
    /// A person is being asked; ask again.
    ApprovalPending = "approval_pending", 503,
    /// A person said no, or nobody said yes.
    ApprovalDenied = "approval_denied", 403,
    /// Approvals are given in the window, not from the command line.
    ApproveInWindow = "approve_in_window", 403,
    /// No person can be asked here; the program has to be allowed beforehand.
    NobodyToAsk = "nobody_to_ask", 403,
    /// The person paused all programs.
    Paused = "paused", 503,

    // The account
    AccountUnknown = "account_unknown", 404,
    /// Several accounts have this name; `accounts` lists them.
    AccountAmbiguous = "account_ambiguous", 409,
    /// The account itself was never given this scope.
    ScopeNotGranted = "scope_not_granted", 403,
    /// Google ended the grant: only a person can reconnect it.
    NeedsReconnect = "needs_reconnect", 409,
    /// The organisation wants a fresh sign-in (RAPT).
    NeedsSignIn = "needs_sign_in", 409,
    /// The account is being disconnected.
    Disconnecting = "disconnecting", 409,
    /// The client file has to be imported (again).
    ClientTrouble = "client_trouble", 409,
    /// Only an administrator of the organisation can mend it.
    AdministratorBlocked = "administrator_blocked", 409,
    /// The account is busy with the same thing.
    AlreadyAtWork = "already_at_work", 409,

    // For now
    /// The provider cannot be reached.
    Offline = "offline", 503,
    /// The provider asks to wait.
    ProviderBusy = "provider_busy", 503,
    /// The provider's answer made no sense, or refused in a way this program does not know.
    ProviderFailed = "provider_failed", 502,
    /// The vault is locked.
    VaultLocked = "vault_locked", 503,
    /// The vault does not answer as it should.
    VaultFailed = "vault_failed", 503,
    /// Asked too often; `Retry-After` says when to ask again.
    RateLimited = "rate_limited", 503,
    /// More wait than this program keeps waiting.
    TooMany = "too_many", 503,
    /// The accounts are still being read, or the program is ending.
    NotReady = "not_ready", 503,
    /// This computer stands in the way: disk, ledger.
    ComputerTrouble = "computer_trouble", 500,
}

impl ProblemCode {
    /// Whether the same request may be sent again.
    pub const fn retry(self) -> bool {
        self.status() >= 500
    }
}

/// The body of every answer that is no success; `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// `urn:evergrant:problem:<code>`.
    #[serde(rename = "type")]
    pub kind: String,
    pub status: u16,
    pub code: String,
    /// A plain sentence: what happened.
    pub title: String,
    /// What to do, as a plain sentence.
    pub hint: String,
    pub retry: bool,
    /// Technical words: the field that is wrong, what the provider said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Seconds, where known; `Retry-After` says the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
    /// The exact fault of the account, where one stands behind it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
    /// The accounts that were meant, when several were.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accounts: Vec<super::AccountName>,
}

impl Problem {
    /// A problem in these words.
    pub fn new(code: ProblemCode, title: String, hint: String) -> Self {
        Self {
            kind: format!("urn:evergrant:problem:{}", code.as_str()),
            status: code.status(),
            code: code.as_str().to_owned(),
            title,
            hint,
            retry: code.retry(),
            detail: None,
            retry_after: None,
            fault: None,
            accounts: vec![],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_distinct_and_their_status_says_whether_to_repeat() {
        let mut names: Vec<_> = ProblemCode::ALL.iter().map(|code| code.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ProblemCode::ALL.len(), "two problems share a code");
        for code in ProblemCode::ALL {
            assert!((400..600).contains(&code.status()), "{code:?}");
            assert_eq!(code.retry(), code.status() >= 500);
            assert_eq!(ProblemCode::parse(code.as_str()), Some(*code));
        }
    }
}
