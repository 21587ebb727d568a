//! What befalls the world around the program.

use evergrant_domain::Code;
use evergrant_engine::{
    fakes::{MemoryVault, Mood},
    ports::Connection,
};

use crate::issuer::Ended;
use crate::life::Life;
use crate::story::{Broken, Command};

impl Life {
    /// What befalls the world around the program.
    pub fn befalls(&mut self, command: &Command) {
        let (vault, ledger) = (&self.house.vault, &self.house.ledger);
        match command {
            Command::Network(connection) => {
                self.issuer.books().offline = *connection == Connection::Offline;
                self.house.network.become_now(*connection);
            }
            Command::VaultBreaks(how) => {
                self.vault_broken = true;
                let code = match how {
                    Broken::Locked => Code::VaultLocked,
                    Broken::Dismissed => Code::VaultDismissed,
                    Broken::Absent => Code::VaultUnreachable,
                    Broken::Full => return vault.write.fail_always(Code::VaultFailed),
                };
                for mood in moods(vault) {
                    mood.fail_always(code);
                }
            }
            Command::VaultGarbles => vault.unfaithful_next(),
            Command::VaultMended => {
                self.vault_broken = false;
                for mood in moods(vault) {
                    mood.mend();
                }
                vault.tell_mended();
            }
            Command::DiskFull => {
                self.disk_full = true;
                ledger.save.fail_always(Code::DiskFull);
                ledger.remove.fail_always(Code::DiskFull);
            }
            Command::DiskFreed => {
                self.disk_full = false;
                ledger.save.mend();
                ledger.remove.mend();
            }
            Command::ProviderSuffers(mishap) => self.issuer.books().mishaps.push_back(*mishap),
            Command::ProviderRotates(rotates) => self.issuer.books().rotates = *rotates,
            Command::ProviderEnds(who) => self.issuer.books().end(*who, Ended::ByTheProvider),
            other => unreachable!("{other:?} is no event"),
        }
    }
}

fn moods(vault: &MemoryVault) -> [&Mood; 5] {
    [
        &vault.ready,
        &vault.write,
        &vault.read,
        &vault.delete,
        &vault.list,
    ]
}
