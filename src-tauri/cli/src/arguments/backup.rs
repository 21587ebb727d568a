//! `evergrant export` and `evergrant import`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
pub struct Export {
    /// The file to make
    pub file: PathBuf,
    /// Make it for this key (age1…) instead of a passphrase
    #[arg(long, value_name = "KEY", conflicts_with = "passphrase_fd")]
    pub recipient: Option<String>,
    /// Read its passphrase from this open file descriptor
    #[arg(long, value_name = "N")]
    pub passphrase_fd: Option<u32>,
    /// Replace a file of this name
    #[arg(long)]
    pub replace: bool,
    /// Read the passphrase of Evergrant’s own encrypted file from this open file descriptor
    #[arg(long, value_name = "N")]
    pub vault_passphrase_fd: Option<u32>,
}

#[derive(Debug, Args)]
pub struct Import {
    /// The file to read
    pub file: PathBuf,
    /// Open it with the key in this file instead of a passphrase
    #[arg(long, value_name = "FILE", conflicts_with = "passphrase_fd")]
    pub identity: Option<PathBuf>,
    /// Read its passphrase from this open file descriptor
    #[arg(long, value_name = "N")]
    pub passphrase_fd: Option<u32>,
    /// Take accounts and client files from it also where they work here
    #[arg(long)]
    pub replace: bool,
    /// Read the passphrase of Evergrant’s own encrypted file from this open file descriptor
    #[arg(long, value_name = "N")]
    pub vault_passphrase_fd: Option<u32>,
}

impl Export {
    /// The same, for `evergrant-agent`.
    pub fn words(&self) -> Vec<OsString> {
        let mut words = vec![OsString::from("export")];
        words.extend(option("--recipient", self.recipient.clone()));
        words.extend(option("--passphrase-fd", number(self.passphrase_fd)));
        words.extend(option("--vault-passphrase-fd", number(self.vault_passphrase_fd)));
        words.extend(flag("--replace", self.replace));
        words.extend(["--".into(), self.file.clone().into()]);
        words
    }
}

impl Import {
    /// The same, for `evergrant-agent`.
    pub fn words(&self) -> Vec<OsString> {
        let mut words = vec![OsString::from("import")];
        words.extend(option("--identity", self.identity.clone()));
        words.extend(option("--passphrase-fd", number(self.passphrase_fd)));
        words.extend(option("--vault-passphrase-fd", number(self.vault_passphrase_fd)));
        words.extend(flag("--replace", self.replace));
        words.extend(["--".into(), self.file.clone().into()]);
        words
    }
}

/// In one word, so that a value that begins with a hyphen stays a value.
fn option(name: &str, value: Option<impl Into<OsString>>) -> Option<OsString> {
    value.map(|value| {
        let mut word = OsString::from(name);
        word.push("=");
        word.push(value.into());
        word
    })
}

fn number(value: Option<u32>) -> Option<String> {
    value.map(|number| number.to_string())
}

fn flag(name: &str, given: bool) -> Option<OsString> {
    given.then(|| name.into())
}
