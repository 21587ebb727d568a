//! `config.toml`: a person's own providers, and where their secrets are kept; read strictly.
//! `docs/providers.md` and `docs/vault.md` describe it.
//!
//! Absent on purpose: secrets. A client's secret is imported into the vault, never written here.

mod mistake;
mod provider;
mod section;
mod vault;

use std::{collections::HashSet, fs, io::ErrorKind, path::Path};

use evergrant_domain::provider::Provider;

pub use mistake::{ConfigMistake, Kind, Why};
use section::Section;
pub use vault::{Prepared, VaultChoice, VaultKind};

/// What the file says. A missing file says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    pub providers: Vec<ConfiguredProvider>,
    pub vault: VaultChoice,
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
        text(path)?.map_or_else(|| Ok(Self::default()), |text| Self::read(&text))
    }

    /// # Errors
    /// The first mistake, with its line and key.
    pub fn read(text: &str) -> Result<Self, ConfigMistake> {
        let document = Section::parse(text)?;
        let root = Section::root(text, &document);
        root.only(&["provider", "vault"])?;
        let vault = VaultChoice::of(&root)?;
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
        Ok(Self { providers, vault })
    }
}

/// What stands in the file; `None` where there is none.
fn text(path: &Path) -> Result<Option<String>, ConfigMistake> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(_) => Err(ConfigMistake {
            line: 1,
            key: String::new(),
            why: Why::FileUnreadable,
        }),
    }
}
