//! `config.toml`: a person's own providers, read strictly. `docs/providers.md` describes it.
//!
//! Absent on purpose: secrets. A client's secret is imported into the vault, never written here.

mod mistake;
mod provider;
mod section;

use std::{collections::HashSet, fs, io::ErrorKind, path::Path};

use evergrant_domain::provider::Provider;

pub use mistake::{ConfigMistake, Kind, Why};
use section::Section;

/// What the file says. A missing file says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    pub providers: Vec<ConfiguredProvider>,
}

/// A provider of a person's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfiguredProvider {
    pub provider: Provider,
    /// The client to use; its secret, if it has one, is in the vault.
    pub client_id: Option<String>,
}

impl Config {
    /// Reads the file; one that is not there is an empty one.
    ///
    /// # Errors
    /// The first mistake, with its line and key.
    pub fn load(path: &Path) -> Result<Self, ConfigMistake> {
        match fs::read_to_string(path) {
            Ok(text) => Self::read(&text),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(_) => Err(ConfigMistake {
                line: 1,
                key: String::new(),
                why: Why::FileUnreadable,
            }),
        }
    }

    /// # Errors
    /// The first mistake, with its line and key.
    pub fn read(text: &str) -> Result<Self, ConfigMistake> {
        let document = Section::parse(text)?;
        let root = Section::root(text, &document);
        root.only(&["provider"])?;
        let mut taken = HashSet::new();
        let mut providers = Vec::new();
        for section in root.sections("provider")? {
            let read = provider::read(&section)?;
            let names = [
                ("id", read.provider.id.as_str()),
                ("issuer", &read.provider.issuer),
            ];
            for (key, name) in names {
                if !taken.insert((key, name.to_owned())) {
                    return Err(section.mistake(key, Why::Twice));
                }
            }
            providers.push(read);
        }
        Ok(Self { providers })
    }
}
