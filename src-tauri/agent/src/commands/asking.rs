//! The passphrase for a command: from a descriptor, from systemd, or from the person at the terminal.

use evergrant_adapters::passphrase;
use evergrant_domain::{Code, Fault, secret::Passphrase};

use super::voice;
use crate::messages::say;

/// How often a person may mistype.
const TRIES: usize = 3;
/// A new one has at least so many characters.
const SHORTEST: usize = 8;

/// Opens something with its passphrase.
///
/// # Errors
/// `PassphraseMissing`; `PassphraseWrong`, after the last try of a person; those of `open`.
pub fn known<T>(
    descriptor: Option<u32>,
    question: &str,
    mut open: impl FnMut(Passphrase) -> Result<T, Fault>,
) -> Result<T, Fault> {
    if let Some(number) = descriptor {
        return open(passphrase::from_descriptor(number)?);
    }
    for last in (0..TRIES).map(|attempt| attempt + 1 == TRIES) {
        let typed = passphrase::from_person(&say(question, &[]))?;
        match open(typed) {
            Err(fault) if fault.code == Code::PassphraseWrong && !last => {
                voice::tell(&say("vault.ask.wrong", &[]));
            }
            ended => return ended,
        }
    }
    Err(Code::PassphraseWrong.into())
}

/// A passphrase for something that is made now: typed twice.
///
/// # Errors
/// `PassphraseMissing`, also where the two never are the same.
pub fn new(descriptor: Option<u32>, question: &str) -> Result<Passphrase, Fault> {
    if let Some(number) = descriptor {
        return passphrase::from_descriptor(number);
    }
    for _ in 0..TRIES {
        let typed = passphrase::from_person(&say(question, &[]))?;
        if is_short(&typed) {
            voice::tell(&say("vault.ask.short", &[("count", &SHORTEST.to_string())]));
        } else if passphrase::from_person(&say("vault.ask.again", &[]))? == typed {
            return Ok(typed);
        } else {
            voice::tell(&say("vault.ask.differ", &[]));
        }
    }
    Err(Code::PassphraseMissing.into())
}

fn is_short(typed: &Passphrase) -> bool {
    typed.expose().chars().count() < SHORTEST
}
