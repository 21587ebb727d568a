use evergrant_domain::{Code, Fault};
use evergrant_protocol::command::Trouble;
use evergrant_protocol::{AccountName, ProblemCode};

use super::meaning::meaning;

/// Why a request is not answered as asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub code: ProblemCode,
    /// The exact fault of the account, whose own words say more.
    pub fault: Option<Code>,
    /// Technical words.
    pub detail: Option<String>,
    /// Seconds, where known.
    pub retry_after: Option<u32>,
    /// The accounts that were meant, when several were.
    pub accounts: Vec<AccountName>,
    /// The methods that the path knows (RFC 9110 15.5.6).
    pub allow: Option<&'static str>,
}

impl Refused {
    /// The path exists, and only with these methods.
    pub fn method(allow: &'static str) -> Self {
        Self {
            allow: Some(allow),
            ..ProblemCode::MethodNotAllowed.into()
        }
    }

    pub fn with_detail(code: ProblemCode, detail: impl Into<String>) -> Self {
        Self {
            detail: Some(detail.into()),
            ..code.into()
        }
    }

    pub fn after(code: ProblemCode, seconds: i64) -> Self {
        Self {
            retry_after: u32::try_from(seconds.max(1)).ok(),
            ..code.into()
        }
    }
}

impl From<ProblemCode> for Refused {
    fn from(code: ProblemCode) -> Self {
        Self {
            code,
            fault: None,
            detail: None,
            retry_after: None,
            accounts: vec![],
            allow: None,
        }
    }
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self {
            code: meaning(fault.code),
            fault: Some(fault.code),
            detail: fault.detail.map(|words| words.as_str().to_owned()),
            retry_after: fault.retry_after.and_then(|wait| u32::try_from(wait.0).ok()),
            accounts: vec![],
            allow: None,
        }
    }
}

/// What the office could not begin.
impl From<Trouble> for Refused {
    fn from(trouble: Trouble) -> Self {
        let code = Code::ALL
            .iter()
            .copied()
            .find(|code| code.as_str() == trouble.code);
        Self {
            fault: code,
            detail: trouble.detail,
            ..code.map_or(ProblemCode::ComputerTrouble, meaning).into()
        }
    }
}
