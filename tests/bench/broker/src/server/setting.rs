use std::path::PathBuf;

use crate::Outcome;

/// How the broker is composed.
#[derive(Debug, PartialEq, Eq)]
pub struct Setting {
    /// Where its socket and its book are.
    pub folder: PathBuf,
    pub accounts: usize,
    /// Entries that the log holds already.
    pub rows: usize,
}

/// The address of an account.
pub fn address(number: usize) -> String {
    format!("person-{number}@example.com")
}

impl Setting {
    pub fn read(words: &[&str]) -> Outcome<Self> {
        let [folder, accounts, rows] = words else {
            return Err("usage: evergrant-bench broker FOLDER ACCOUNTS ROWS".into());
        };
        Ok(Self {
            folder: folder.into(),
            accounts: accounts.parse()?,
            rows: rows.parse()?,
        })
    }

    /// The words of the command line that `read` understands.
    pub fn words(&self) -> Vec<String> {
        vec![
            "broker".to_owned(),
            self.folder.display().to_string(),
            self.accounts.to_string(),
            self.rows.to_string(),
        ]
    }

    pub fn socket(&self) -> PathBuf {
        self.folder.join("run").join("broker.sock")
    }
}
