//! What `evergrant-agent` does instead of serving: move secrets, make backups, bring them back.

mod arguments;
mod asking;
mod export;
mod home;
mod import;
mod moving;
mod stop;
mod voice;

use std::process::ExitCode;

use evergrant_adapters::config::VaultKind;
use evergrant_adapters::passphrase;
use evergrant_adapters::vault_file::Opener;
use evergrant_domain::secret::Passphrase;
use tokio::runtime::{Builder, Runtime};

use crate::messages::{self, say};
pub use arguments::{Arguments, Command, Export, Import, Move, Place, Vault, VaultVerb};
use home::Home;
pub use stop::Stop;

/// Does what the command says.
pub fn carry_out(arguments: &Arguments, command: &Command) -> ExitCode {
    let done = runtime().and_then(|runtime| match command {
        Command::Vault(Vault {
            verb: VaultVerb::Move(wish),
        }) => moving::carry_out(&runtime, wish, wish.passphrase_fd.or(arguments.passphrase_fd)),
        Command::Export(wish) => export::carry_out(&runtime, wish),
        Command::Import(wish) => import::carry_out(&runtime, wish),
    });
    done.map_or_else(|stop| stop.tell(), |()| ExitCode::SUCCESS)
}

/// The passphrase to serve with, where the encrypted file was chosen and takes one: from the descriptor, or
/// from the person who starts it at a terminal. `None` too where nobody is there: then each use says so.
///
/// # Errors
/// What was given does not open the file, or the descriptor holds none.
pub fn passphrase_to_serve(descriptor: Option<u32>) -> Result<Option<Passphrase>, Stop> {
    // What is wrong with the settings or the folders is told where they are used.
    let Ok(home) = Home::find() else { return Ok(None) };
    let Ok(choice) = home.choice() else {
        return Ok(None);
    };
    let wanted = choice.kind == VaultKind::File && choice.key_file.is_none();
    if !wanted || (descriptor.is_none() && !passphrase::somebody_is_there()) {
        return Ok(None);
    }
    match home.opener(&runtime()?, &choice, descriptor)? {
        Opener::Passphrase(passphrase) => Ok(Some(passphrase)),
        Opener::KeyFile(_) | Opener::Nobody => Ok(None),
    }
}

fn runtime() -> Result<Runtime, Stop> {
    let runtime = Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| Stop::failed("vault.no_room.", &[], &error.to_string()))
}

/// Names, one after the other.
fn listed(key: &str, name: &str, names: &[String]) {
    if !names.is_empty() {
        voice::tell(&say(key, &[(name, &messages::listed(names))]));
    }
}
