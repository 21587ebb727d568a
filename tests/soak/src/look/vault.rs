//! The keyring, over the Secret Service's own interface.

use std::collections::{BTreeSet, HashMap};

use zbus::Connection;
use zbus::zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value};

use super::Fingerprint;
use crate::failure::Failure;

/// Under which the agent keeps what belongs to its practice profile.
const SERVICE: &str = "evergrant-practice";

/// An item, without what it keeps.
#[derive(Clone, Debug)]
pub struct Item {
    pub name: String,
    /// Fingerprints of every value in it, the tokens among them.
    pub holds: BTreeSet<Fingerprint>,
    /// Of the refresh token that is used first.
    pub newest: Option<Fingerprint>,
    sub: Option<String>,
}

impl Item {
    fn new(name: String, text: &[u8]) -> Self {
        let lines = text.split(|byte| *byte == b'\n');
        let values: Vec<(&[u8], &[u8])> = lines.filter_map(named_value).collect();
        let value = |wanted: &[u8]| {
            let found = values.iter().find(|(name, _)| *name == wanted);
            found.map(|(_, value)| *value)
        };
        Self {
            name,
            sub: value(b"sub").map(|sub| String::from_utf8_lossy(sub).into_owned()),
            newest: value(b"refresh_token").map(Fingerprint::of),
            holds: values.iter().map(|(_, value)| Fingerprint::of(value)).collect(),
        }
    }

    /// The item of this person's account.
    pub fn is_of(&self, sub: &str) -> bool {
        self.name.starts_with("account:") && self.sub.as_deref() == Some(sub)
    }

    /// The note of a consent that is being finished.
    pub fn is_note(&self) -> bool {
        self.name.starts_with("consent:")
    }
}

fn named_value(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = line.iter().position(|byte| *byte == b'=')?;
    Some((&line[..at], &line[at + 1..]))
}

#[zbus::proxy(
    interface = "org.freedesktop.Secret.Service",
    default_service = "org.freedesktop.secrets",
    default_path = "/org/freedesktop/secrets",
    gen_blocking = false
)]
trait Keyring {
    fn open_session(&self, algorithm: &str, input: &Value<'_>)
    -> zbus::Result<(OwnedValue, OwnedObjectPath)>;

    fn search_items(
        &self,
        attributes: HashMap<&str, &str>,
    ) -> zbus::Result<(Vec<OwnedObjectPath>, Vec<OwnedObjectPath>)>;

    fn read_alias(&self, name: &str) -> zbus::Result<OwnedObjectPath>;
}

#[zbus::proxy(
    interface = "org.freedesktop.Secret.Session",
    default_service = "org.freedesktop.secrets",
    gen_blocking = false
)]
trait Session {
    fn close(&self) -> zbus::Result<()>;
}

#[zbus::proxy(
    interface = "org.freedesktop.Secret.Item",
    default_service = "org.freedesktop.secrets",
    gen_blocking = false
)]
trait KeyringItem {
    fn get_secret(&self, session: &ObjectPath<'_>) -> zbus::Result<(Secret,)>;

    #[zbus(property)]
    fn attributes(&self) -> zbus::Result<HashMap<String, String>>;
}

/// Session, parameters, value, media type.
type Secret = (OwnedObjectPath, Vec<u8>, Vec<u8>, String);

/// Whether it is there, with somewhere to keep items.
pub async fn keyring_is_open(line: &Connection) -> bool {
    let Ok(keyring) = KeyringProxy::new(line).await else {
        return false;
    };
    keyring
        .read_alias("default")
        .await
        .is_ok_and(|collection| collection.as_str() != "/")
}

/// Every item of the practice profile.
pub async fn items(line: &Connection) -> Result<Vec<Item>, Failure> {
    let keyring = KeyringProxy::new(line).await?;
    let (open, locked) = keyring
        .search_items(HashMap::from([("service", SERVICE)]))
        .await?;
    if !locked.is_empty() {
        return Err(Failure::Stage("the keyring is locked".to_owned()));
    }
    let (_, session) = keyring.open_session("plain", &Value::from("")).await?;
    let mut items = vec![];
    for path in open {
        let item = KeyringItemProxy::builder(line)
            .path(path)?
            .cache_properties(zbus::proxy::CacheProperties::No)
            .build()
            .await?;
        let mut attributes = item.attributes().await?;
        let name = attributes.remove("username").unwrap_or_default();
        let ((_, _, text, _),) = item.get_secret(&session).await?;
        items.push(Item::new(name, &text));
    }
    let session = SessionProxy::builder(line).path(session)?.build().await?;
    session.close().await?;
    Ok(items)
}
