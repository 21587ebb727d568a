//! Fail points: this program kills itself at one named step, as told when it was started. Only with the
//! feature `fail-points`, which no shipped program has.
//!
//! The steps are the calls on the ports behind which something lasts: the vault, the ledger, the history
//! and the provider. Between two such calls everything happens in memory only, which dies with the
//! process whenever that is; so before and after each of them are all the moments that can be told
//! apart. What can happen inside a call is left to whoever kills from outside.
//!
//! `EVERGRANT_DIE_AT=vault.write:after:2` means: once the second write to the vault, counted from the
//! start of the process and over both profiles, has come back, well or not.

mod fate;
mod history;
mod ledger;
mod provider;
mod step;
mod vault;

use std::sync::{Arc, OnceLock};

use evergrant_engine::{KnownProvider, World};

use fate::{Fate, Shared};
pub use step::{Side, Step};

/// The variable that says where to die.
pub const VARIABLE: &str = "EVERGRANT_DIE_AT";

/// Reads the fate of this process, before it does anything.
///
/// # Errors
/// What makes no sense in it, in a sentence: whoever asks for a death wants to see one.
pub fn foretold() -> Result<(), String> {
    let told = std::env::var_os(VARIABLE);
    let told = told.map(|told| told.to_string_lossy().into_owned());
    let fate = Fate::told(told.as_deref()).map_err(|mistake| format!("{VARIABLE}: {mistake}"))?;
    let _ = FATE.set(Arc::new(fate));
    Ok(())
}

/// One for the process: both profiles count together.
static FATE: OnceLock<Shared> = OnceLock::new();

/// The same world, in which the process may die.
pub fn mortal(world: World) -> World {
    let Some(fate) = FATE.get() else { return world };
    let providers = world.providers.into_iter().map(|(id, known)| {
        let port = provider::Mortal::new(Arc::clone(&known.port), Arc::clone(fate));
        let known = KnownProvider {
            spec: known.spec.clone(),
            port: Arc::new(port),
            client: known.client.clone(),
        };
        (id, Arc::new(known))
    });
    World {
        providers: providers.collect(),
        vault: Arc::new(vault::Mortal::new(world.vault, Arc::clone(fate))),
        ledger: Arc::new(ledger::Mortal::new(world.ledger, Arc::clone(fate))),
        history: Arc::new(history::Mortal::new(world.history, Arc::clone(fate))),
        ..world
    }
}
