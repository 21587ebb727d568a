//! The Secret Service of a Linux desktop (GNOME Keyring, KWallet, KeePassXC), over D-Bus.

use std::{collections::HashMap, sync::Arc};

use evergrant_domain::Code;
use keyring_core::{CredentialStore, Entry, Result};
use secret_service::{EncryptionType, Error as Service, blocking::SecretService};
use zbus_secret_service_keyring_store::{Store, cred::Specifier, errors::decode_error};

use super::call::Call;

/// What people see as the name of a collection made here; libsecret calls it the same.
const NEW_COLLECTION: &str = "Default keyring";

pub(super) fn open() -> Result<Arc<CredentialStore>> {
    Ok(Store::new()?)
}

/// How an item is made, besides service and user.
pub(super) fn ways(label: &str) -> Option<HashMap<&str, &str>> {
    (!label.is_empty()).then(|| HashMap::from([("label", label)]))
}

pub(super) fn search(service: &str) -> HashMap<&str, &str> {
    HashMap::from([("service", service)])
}

/// Notes whether anything is locked: the calls that follow may then wait for a person.
pub(super) fn look(call: &Call) -> Result<()> {
    let service = connect()?;
    for collection in service.get_all_collections().map_err(decode_error)? {
        if collection.is_locked().map_err(decode_error)? {
            call.saw_locked();
        }
    }
    Ok(())
}

/// Opens the default collection for writing, which may ask a person for its password, or for a new
/// one where there never was a collection.
pub(super) fn unlock(call: &Call) -> Result<()> {
    look(call)?;
    let service = connect()?;
    match service.get_default_collection() {
        Ok(collection) if collection.is_locked().map_err(decode_error)? => {
            collection.unlock().map_err(decode_error)
        }
        Ok(_) => Ok(()),
        Err(Service::NoResult) => {
            call.saw_locked();
            let made = service.create_collection(NEW_COLLECTION, "default");
            made.map(drop).map_err(decode_error)
        }
        Err(error) => Err(decode_error(error)),
    }
}

/// A label is for people; an item with an old one is as good.
pub(super) fn relabel(entry: &Entry, label: &str) {
    let specifier = entry.as_any().downcast_ref::<Specifier>();
    if specifier.is_some_and(|specifier| specifier.set_label(label).is_err()) {
        tracing::debug!("the label of a vault item stays as it was");
    }
}

/// Nothing secret is asked over this connection, so it needs no encryption.
fn connect() -> Result<SecretService<'static>> {
    SecretService::connect(EncryptionType::Plain).map_err(decode_error)
}

/// Sorts what the service or the bus answered.
pub(super) fn code(cause: &(dyn std::error::Error + Send + Sync + 'static)) -> Code {
    match cause.downcast_ref::<Service>() {
        Some(Service::Unavailable | Service::NoResult) => Code::VaultAbsent,
        Some(Service::Prompt) => Code::VaultDismissed,
        Some(Service::Locked) => Code::VaultLocked,
        Some(Service::Zbus(error)) => bus_code(error),
        Some(Service::ZbusFdo(error)) => standard_code(error),
        _ => Code::VaultFailed,
    }
}

fn bus_code(error: &zbus::Error) -> Code {
    match error {
        zbus::Error::FDO(error) => standard_code(error),
        zbus::Error::MethodError(name, ..) => named_code(name.as_str()),
        // No address, or one behind which nobody is.
        zbus::Error::Address(_) | zbus::Error::Connection(..) => Code::VaultAbsent,
        _ => Code::VaultFailed,
    }
}

/// D-Bus Specification, "Standard errors"; a service that D-Bus cannot start says `Spawn.…`.
fn standard_code(error: &zbus::fdo::Error) -> Code {
    match error {
        zbus::fdo::Error::ServiceUnknown(_)
        | zbus::fdo::Error::NameHasNoOwner(_)
        | zbus::fdo::Error::SpawnExecFailed(_)
        | zbus::fdo::Error::SpawnForkFailed(_)
        | zbus::fdo::Error::SpawnChildExited(_)
        | zbus::fdo::Error::SpawnChildSignaled(_)
        | zbus::fdo::Error::SpawnFailed(_)
        | zbus::fdo::Error::SpawnServiceNotFound(_) => Code::VaultAbsent,
        _ => Code::VaultFailed,
    }
}

/// Secret Service API 0.2, "Errors".
fn named_code(name: &str) -> Code {
    match name {
        "org.freedesktop.Secret.Error.IsLocked" => Code::VaultLocked,
        "org.freedesktop.Secret.Error.NoSuchObject" => Code::VaultItemMissing,
        "org.freedesktop.DBus.Error.ServiceUnknown" | "org.freedesktop.DBus.Error.NameHasNoOwner" => {
            Code::VaultAbsent
        }
        spawn if spawn.starts_with("org.freedesktop.DBus.Error.Spawn.") => Code::VaultAbsent,
        _ => Code::VaultFailed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_service_s_answers_are_told_apart() {
        let cases = [
            (Service::Unavailable, Code::VaultAbsent),
            (Service::NoResult, Code::VaultAbsent),
            (Service::Prompt, Code::VaultDismissed),
            (Service::Locked, Code::VaultLocked),
            (Service::PromptDisconnected, Code::VaultFailed),
            (
                Service::ZbusFdo(zbus::fdo::Error::ServiceUnknown(String::new())),
                Code::VaultAbsent,
            ),
            (
                Service::ZbusFdo(zbus::fdo::Error::NoReply(String::new())),
                Code::VaultFailed,
            ),
        ];
        for (answer, expected) in cases {
            assert_eq!(code(&answer), expected, "{answer}");
        }
        assert_eq!(
            named_code("org.freedesktop.Secret.Error.IsLocked"),
            Code::VaultLocked
        );
    }
}
