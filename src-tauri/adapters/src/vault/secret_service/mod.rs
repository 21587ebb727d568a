//! The Secret Service of a Linux desktop (GNOME Keyring, KDE Wallet and others), over D-Bus.

mod line;
mod meaning;
mod question;
mod signs;

use std::{collections::HashMap, sync::Arc};

use evergrant_domain::Code;
use keyring_core::{CredentialStore, Entry, Result};
use secret_service::{Error as Service, blocking::SecretService};
use zbus_secret_service_keyring_store::{cred::Specifier, errors::decode_error};

use super::call::{Asking, Call};
use line::Line;
use question::Turn;

pub(super) use line::hang_up;
pub(super) use meaning::code;
pub(super) use signs::{Sign, Signs};

/// The name under which the vault is found on the session bus.
const NAME: &str = "org.freedesktop.secrets";

/// What people see as the name of a collection made here; libsecret calls it the same.
const NEW_COLLECTION: &str = "Default keyring";

/// The most bytes one item may have. The Secret Service names no bound; a keyring holds what it opens
/// in memory that is never swapped out, of which a person has little, and nothing of ours comes near.
pub(super) const LARGEST: usize = 256 * 1024;

pub(super) fn open(call: &Call) -> Result<Arc<CredentialStore>> {
    Ok(Line::kept(call)?.store)
}

/// How an item is made, besides service and user.
pub(super) fn ways(label: &str) -> Option<HashMap<&str, &str>> {
    (!label.is_empty()).then(|| HashMap::from([("label", label)]))
}

pub(super) fn search(service: &str) -> HashMap<&str, &str> {
    HashMap::from([("service", service)])
}

/// Unlocks the items of this service, which may ask a person for a password.
pub(super) fn unlock_items(call: &Call, service: &str, asking: Asking) -> Result<()> {
    let line = Line::kept(call)?;
    if none_locked(&line.vault, service)? {
        question::forget();
        return Ok(());
    }
    call.waits_for_a_person(Code::VaultLocked);
    let turn = Turn::take(call, asking, &line.provider)?;
    // A question has a line of its own, so that it can be hung up.
    let bus = line::bus(call.longest())?;
    let vault = line::connect(&bus)?;
    let found = vault.search_items(search(service)).map_err(decode_error)?;
    let locked: Vec<_> = found.locked.iter().collect();
    if locked.is_empty() {
        return Ok(());
    }
    turn.ask(call, &bus, Code::VaultLocked, || vault.unlock_all(&locked))
}

/// Unlocks the collection where new items go, which may ask a person for its password, or for a new
/// one where there never was a collection.
pub(super) fn unlock(call: &Call, service: &str) -> Result<()> {
    unlock_items(call, service, Asking::Always)?;
    let line = Line::kept(call)?;
    let seen = place(&line.vault)?;
    if seen == Place::Open {
        return Ok(());
    }
    call.waits_for_a_person(seen.code());
    let turn = Turn::take(call, Asking::Always, &line.provider)?;
    let bus = line::bus(call.longest())?;
    let vault = line::connect(&bus)?;
    match vault.get_default_collection() {
        Ok(collection) => turn.ask(call, &bus, Code::VaultLocked, || collection.unlock()),
        Err(Service::NoResult) => turn.ask(call, &bus, Code::VaultEmpty, || {
            vault.create_collection(NEW_COLLECTION, "default").map(drop)
        }),
        Err(error) => Err(decode_error(error)),
    }
}

/// What it means that an item was not found: some vaults show nothing of what is locked.
pub(super) fn not_found(call: &Call) -> Result<Code> {
    Ok(place(&Line::kept(call)?.vault)?.code())
}

/// Whether everything of this service could be read and written now. Nobody is asked.
pub(super) fn looks_open(call: &Call, service: &str) -> Result<bool> {
    let vault = Line::kept(call)?.vault;
    Ok(none_locked(&vault, service)? && place(&vault)? == Place::Open)
}

/// The collection where new items go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    None,
    Locked,
    Open,
}

impl Place {
    /// What it says of an item that was not found.
    const fn code(self) -> Code {
        match self {
            Self::None => Code::VaultEmpty,
            Self::Locked => Code::VaultLocked,
            Self::Open => Code::VaultItemMissing,
        }
    }
}

fn place(vault: &SecretService<'_>) -> Result<Place> {
    let locked = vault
        .get_default_collection()
        .and_then(|collection| collection.is_locked());
    match locked {
        Ok(false) => Ok(Place::Open),
        Ok(true) => Ok(Place::Locked),
        Err(Service::NoResult) => Ok(Place::None),
        Err(error) => Err(decode_error(error)),
    }
}

fn none_locked(vault: &SecretService<'_>, service: &str) -> Result<bool> {
    let found = vault.search_items(search(service)).map_err(decode_error)?;
    Ok(found.locked.is_empty())
}

/// A label is for people; an item with an old one is as good.
pub(super) fn relabel(entry: &Entry, label: &str) {
    let specifier = entry.as_any().downcast_ref::<Specifier>();
    if specifier.is_some_and(|specifier| specifier.set_label(label).is_err()) {
        tracing::debug!("the label of a vault item stays as it was");
    }
}
