//! The Secret Service of a Linux desktop (GNOME Keyring, KDE Wallet and others), over D-Bus.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{RecvTimeoutError, channel},
    },
    thread,
    time::{Duration, Instant},
};

use evergrant_domain::Code;
use keyring_core::{CredentialStore, Entry, Error, Result};
use secret_service::{EncryptionType, Error as Service, blocking::SecretService};
use zbus::blocking::{Connection, fdo::DBusProxy};
use zbus_secret_service_keyring_store::{Store, cred::Specifier, errors::decode_error};

use super::call::Call;

/// What people see as the name of a collection made here; libsecret calls it the same.
const NEW_COLLECTION: &str = "Default keyring";

/// The line to the Secret Service, kept as long as the same program answers. GNOME Keyring has been
/// seen to crash on callers that come and go with each question (`get_pkcs11_session: assertion
/// 'client' failed`), and a new line costs it a key exchange each time.
static LINE: Mutex<Option<Line>> = Mutex::new(None);

#[derive(Clone)]
struct Line {
    bus: Connection,
    /// The program at the other end; another one knows nothing of what was agreed with this.
    provider: String,
    vault: Arc<SecretService<'static>>,
    store: Arc<CredentialStore>,
}

impl Line {
    fn kept() -> Result<Self> {
        let mut kept = LINE.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(line) = kept.as_ref()
            && provider(&line.bus).as_ref() == Some(&line.provider)
        {
            return Ok(line.clone());
        }
        // Should opening fail, nothing is kept, and the next call tries anew.
        *kept = None;
        let bus = bus()?;
        let vault = Arc::new(connect(&bus)?);
        let provider = provider(&bus).ok_or_else(|| decode_error(Service::Unavailable))?;
        let line = Self {
            bus,
            provider,
            vault,
            store: Store::new()?,
        };
        Ok(kept.insert(line).clone())
    }
}

pub(super) fn open() -> Result<Arc<CredentialStore>> {
    Ok(Line::kept()?.store)
}

/// How an item is made, besides service and user.
pub(super) fn ways(label: &str) -> Option<HashMap<&str, &str>> {
    (!label.is_empty()).then(|| HashMap::from([("label", label)]))
}

pub(super) fn search(service: &str) -> HashMap<&str, &str> {
    HashMap::from([("service", service)])
}

/// Unlocks the items of this service, which may ask a person for a password.
pub(super) fn unlock_items(call: &Call, service: &str) -> Result<()> {
    let seen = Line::kept()?
        .vault
        .search_items(search(service))
        .map(|found| found.locked.is_empty());
    if seen.map_err(decode_error)? {
        return Ok(());
    }
    // A question has a line of its own, so that it can be hung up.
    let bus = bus()?;
    let vault = connect(&bus)?;
    let found = vault.search_items(search(service)).map_err(decode_error)?;
    let locked: Vec<_> = found.locked.iter().collect();
    ask_a_person(call, &bus, || vault.unlock_all(&locked))
}

/// Unlocks the collection where new items go, which may ask a person for its password, or for a new
/// one where there never was a collection.
pub(super) fn unlock(call: &Call, service: &str) -> Result<()> {
    unlock_items(call, service)?;
    let line = Line::kept()?;
    let seen = line
        .vault
        .get_default_collection()
        .and_then(|collection| collection.is_locked());
    match seen {
        Ok(false) => return Ok(()),
        Ok(true) | Err(Service::NoResult) => {}
        Err(error) => return Err(decode_error(error)),
    }
    let bus = bus()?;
    let vault = connect(&bus)?;
    match vault.get_default_collection() {
        Ok(collection) => ask_a_person(call, &bus, || collection.unlock()),
        Err(Service::NoResult) => ask_a_person(call, &bus, || {
            vault.create_collection(NEW_COLLECTION, "default").map(drop)
        }),
        Err(error) => Err(decode_error(error)),
    }
}

/// How often a question is looked after.
const GLANCE: Duration = Duration::from_millis(500);

/// Asks, and hangs up when a person had all the time there is, or when the provider that asked is no
/// more: its answer would be waited for for ever.
fn ask_a_person<T>(
    call: &Call,
    bus: &Connection,
    question: impl FnOnce() -> std::result::Result<T, Service>,
) -> Result<T> {
    call.saw_locked();
    let (answered, answer) = channel::<()>();
    let (line, asked_by) = (bus.clone(), provider(bus));
    let until = Instant::now() + call.longest();
    let look_after = move || {
        while answer.recv_timeout(GLANCE) == Err(RecvTimeoutError::Timeout) {
            if Instant::now() >= until || provider(&line) != asked_by {
                // Closed or broken: the question ends either way.
                let _ = line.close();
                return;
            }
        }
    };
    let started = thread::Builder::new()
        .name("vault-question".into())
        .spawn(look_after);
    started.map_err(|error| Error::PlatformFailure(Box::new(error)))?;
    let said = question().map_err(decode_error);
    drop(answered);
    said
}

/// The program that now is the Secret Service.
fn provider(bus: &Connection) -> Option<String> {
    let name = "org.freedesktop.secrets".try_into().ok()?;
    let owner = DBusProxy::new(bus).ok()?.get_name_owner(name).ok()?;
    Some(owner.to_string())
}

fn bus() -> Result<Connection> {
    Connection::session().map_err(|error| decode_error(Service::Zbus(error)))
}

/// Nothing secret is asked over this connection, so it needs no encryption.
fn connect(bus: &Connection) -> Result<SecretService<'static>> {
    SecretService::connect_with_existing(EncryptionType::Plain, bus.clone()).map_err(decode_error)
}

/// A label is for people; an item with an old one is as good.
pub(super) fn relabel(entry: &Entry, label: &str) {
    let specifier = entry.as_any().downcast_ref::<Specifier>();
    if specifier.is_some_and(|specifier| specifier.set_label(label).is_err()) {
        tracing::debug!("the label of a vault item stays as it was");
    }
}

/// Sorts what the service or the bus answered.
pub(super) fn code(cause: &(dyn std::error::Error + Send + Sync + 'static)) -> Code {
    match cause.downcast_ref::<Service>() {
        Some(Service::Unavailable | Service::NoResult) => Code::VaultAbsent,
        Some(Service::Prompt) => Code::VaultDismissed,
        // Hung up on: nobody answered the question.
        Some(Service::Locked | Service::PromptDisconnected) => Code::VaultLocked,
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
        zbus::Error::Address(_) | zbus::Error::Connection(..) | zbus::Error::InputOutput(_) => {
            Code::VaultAbsent
        }
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
            (Service::PromptDisconnected, Code::VaultLocked),
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
