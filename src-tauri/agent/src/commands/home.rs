//! Where a command works: the profiles of this person, their vaults as chosen, and nobody else at work there.

use std::path::PathBuf;

use evergrant_adapters::config::{VaultChoice, VaultKind};
use evergrant_adapters::ledger::SqliteLedger;
use evergrant_adapters::passphrase;
use evergrant_adapters::places::{Places, Profile};
use evergrant_adapters::tenancy::Tenancy;
use evergrant_adapters::vault_file::{FileVault, Opener};
use evergrant_domain::{Code, Fault};
use evergrant_engine::ports::Vault;
use tokio::runtime::Runtime;

use super::{Stop, asking};
use crate::vaults;

pub struct Home {
    pub personal: Places,
    pub practice: Places,
}

impl Home {
    /// # Errors
    /// There is no home, or its folders cannot be made.
    pub fn find() -> Result<Self, Fault> {
        let places = |profile| {
            let places: Places = Places::of_this_person(profile).ok_or(Code::LedgerFailed)?;
            let prepared = places.prepare();
            prepared.map_err(|error| Fault::with_detail(Code::LedgerFailed, &error.to_string()))?;
            Ok::<Places, Fault>(places)
        };
        Ok(Self {
            personal: places(Profile::Personal)?,
            practice: places(Profile::Practice)?,
        })
    }

    pub fn config(&self) -> PathBuf {
        self.personal.config_file()
    }

    /// Where secrets are kept now.
    ///
    /// # Errors
    /// The settings file leaves it open.
    pub fn choice(&self) -> Result<VaultChoice, Stop> {
        Ok(VaultChoice::load(&self.config())?)
    }

    /// Holds Evergrant off, for as long as the answer is kept.
    ///
    /// # Errors
    /// It is running.
    pub fn alone(&self) -> Result<[Tenancy; 2], Stop> {
        let alone = |places: &Places| {
            Tenancy::alone(places.data()).map_err(|fault| match fault.code {
                Code::VaultFileBusy => Stop::in_use(),
                _ => fault.into(),
            })
        };
        Ok([alone(&self.personal)?, alone(&self.practice)?])
    }

    /// # Errors
    /// The ledger's.
    pub fn ledger(&self) -> Result<SqliteLedger, Fault> {
        SqliteLedger::open(&self.personal.ledger()).map(|(ledger, _)| ledger)
    }

    /// The personal profile's vault as chosen, opened by whoever is there.
    ///
    /// # Errors
    /// Nobody gives the passphrase, or the settings file leaves the choice open.
    pub fn vault(&self, runtime: &Runtime, descriptor: Option<u32>) -> Result<Box<dyn Vault>, Stop> {
        let choice = self.choice()?;
        match choice.kind {
            VaultKind::System => Ok(Box::new(vaults::system(Profile::Personal))),
            VaultKind::File => {
                let opener = self.opener(runtime, &choice, descriptor)?;
                let path = vaults::file(Profile::Personal, &self.personal, &choice);
                Ok(Box::new(FileVault::new(path, opener)))
            }
        }
    }

    /// What opens the file of this choice; a person at the terminal is asked where nothing else does.
    ///
    /// # Errors
    /// `PassphraseMissing`, `PassphraseWrong`, and what is wrong with the file.
    pub fn opener(
        &self,
        runtime: &Runtime,
        choice: &VaultChoice,
        descriptor: Option<u32>,
    ) -> Result<Opener, Fault> {
        if choice.key_file.is_some() || (descriptor.is_none() && passphrase::from_systemd()?.is_some()) {
            return vaults::opener(choice, None);
        }
        let path = vaults::file(Profile::Personal, &self.personal, choice);
        let given = if path.exists() {
            asking::known(descriptor, "vault.ask.known", |given| {
                let vault = FileVault::new(path.clone(), Opener::Passphrase(given.clone()));
                runtime.block_on(vault.keys()).map(|_| given)
            })
        } else {
            asking::new(descriptor, "vault.ask.new")
        };
        given.map(Opener::Passphrase)
    }
}
