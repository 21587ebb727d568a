//! Why a command stops short, in words, and the exit code: the same numbers as those of `evergrant`.

use std::process::ExitCode;

use evergrant_adapters::config::ConfigMistake;
use evergrant_domain::{Code, Fault, Recovery};

use super::voice;
use crate::messages::say;

const FAILED: u8 = 1;
pub const USAGE: u8 = 2;
const REFUSED: u8 = 4;
const PERSON_NEEDED: u8 = 5;
const LATER: u8 = 6;

/// What happened, what to do, and the details.
#[derive(Debug, PartialEq, Eq)]
pub struct Stop {
    exit: u8,
    what: String,
    todo: String,
    detail: Option<String>,
}

impl Stop {
    /// The sentences whose keys are `about`, which ends with a dot, and `what` or `todo`.
    pub fn said(exit: u8, about: &str, values: &[(&str, &str)]) -> Self {
        Self {
            exit,
            what: say(&format!("{about}what"), values),
            todo: say(&format!("{about}todo"), values),
            detail: None,
        }
    }

    /// It failed, and this is why.
    pub fn failed(about: &str, values: &[(&str, &str)], detail: &str) -> Self {
        Self {
            detail: Some(detail.to_owned()),
            ..Self::said(FAILED, about, values)
        }
    }

    /// A person said no, or has to say yes first.
    pub fn refused(about: &str, values: &[(&str, &str)]) -> Self {
        Self::said(REFUSED, about, values)
    }

    /// Evergrant is running, and its accounts must not change under it.
    pub fn in_use() -> Self {
        Self::said(LATER, "vault.in_use.", &[])
    }

    /// A fault that concerns the passphrase of a backup, or the backup itself: the words of the fault are
    /// about Evergrant's own file.
    pub fn of_backup(fault: Fault) -> Self {
        match fault.code {
            Code::PassphraseMissing => Self::said(PERSON_NEEDED, "backup.no_passphrase.", &[]),
            Code::PassphraseWrong => Self::said(PERSON_NEEDED, "backup.wrong_passphrase.", &[]),
            _ => fault.into(),
        }
    }

    /// Says it.
    pub fn tell(&self) -> ExitCode {
        voice::complain(&self.what, &self.todo, self.detail.as_deref());
        ExitCode::from(self.exit)
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        let exit = match fault.code.recovery() {
            _ if fault.code.passes_by_itself() => LATER,
            Recovery::UnlockVault | Recovery::MendVault | Recovery::Reconnect => PERSON_NEEDED,
            _ => FAILED,
        };
        let detail = fault.detail.as_ref().map(|words| words.as_str().to_owned());
        Self {
            detail,
            ..Self::said(exit, &format!("fault.{}.", fault.code.as_str()), &[])
        }
    }
}

impl From<ConfigMistake> for Stop {
    fn from(mistake: ConfigMistake) -> Self {
        let (line, detail) = (mistake.line.to_string(), mistake.to_string());
        let values = [("line", line.as_str()), ("key", mistake.key.as_str())];
        Self::failed("vault.mistake.", &values, &detail)
    }
}
