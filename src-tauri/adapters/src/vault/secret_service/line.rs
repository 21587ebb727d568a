//! The line to the Secret Service, kept as long as the same program answers.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use evergrant_domain::Code;
use keyring_core::{CredentialStore, Result};
use secret_service::{EncryptionType, Error as Service, blocking::SecretService};
use zbus::blocking::{Connection, connection, fdo::DBusProxy};
use zbus_secret_service_keyring_store::{Store, errors::decode_error};

use super::meaning::obstacle;
use crate::vault::call::Call;

/// GNOME Keyring has been seen to crash on callers that come and go with each question
/// (`get_pkcs11_session: assertion 'client' failed`), and a new line costs it a key exchange each time.
static LINE: Mutex<Option<Line>> = Mutex::new(None);

#[derive(Clone)]
pub(super) struct Line {
    bus: Connection,
    /// The program at the other end; another one knows nothing of what was agreed with this.
    pub(super) provider: String,
    pub(super) vault: Arc<SecretService<'static>>,
    pub(super) store: Arc<CredentialStore>,
}

impl Line {
    pub(super) fn kept(call: &Call) -> Result<Self> {
        let mut kept = LINE.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(line) = kept.as_ref()
            && provider(&line.bus).as_ref() == Some(&line.provider)
        {
            return Ok(line.clone());
        }
        // Should opening fail, nothing is kept, and the next call tries anew.
        *kept = None;
        let bus = bus(call.longest())?;
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

/// Hangs up: a part of the line broke, and the next call opens another.
pub(in crate::vault) fn hang_up() {
    *LINE.lock().unwrap_or_else(PoisonError::into_inner) = None;
}

/// The session bus. A service that never answers is given up after `longest`: whoever comes after
/// the call that waits for it must not wait for ever.
pub(super) fn bus(longest: Duration) -> Result<Connection> {
    connection::Builder::session()
        .and_then(|bus| bus.method_timeout(longest).build())
        .map_err(|error| obstacle(Code::VaultUnreachable, &error.to_string()))
}

/// Nothing secret is asked over this connection, so it needs no encryption.
pub(super) fn connect(bus: &Connection) -> Result<SecretService<'static>> {
    SecretService::connect_with_existing(EncryptionType::Plain, bus.clone()).map_err(decode_error)
}

/// The program that now is the Secret Service.
pub(super) fn provider(bus: &Connection) -> Option<String> {
    let name = super::NAME.try_into().ok()?;
    let owner = DBusProxy::new(bus).ok()?.get_name_owner(name).ok()?;
    Some(owner.to_string())
}
