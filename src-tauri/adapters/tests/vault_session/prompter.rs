//! Whoever shows the keyring's questions on a desktop: here it counts them, and the test says what the
//! person does.
//!
//! Source: GNOME's gcr, `org.gnome.keyring.Prompter.xml`.
#![allow(
    clippy::needless_pass_by_value,
    clippy::unused_self,
    clippy::used_underscore_binding,
    reason = "what a method of the bus takes is not ours to choose"
)]

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use zbus::{
    blocking::{Connection, connection::Builder},
    interface,
    message::Header,
    names::OwnedUniqueName,
    zvariant::{DynamicType, OwnedObjectPath, OwnedValue},
};

const PROMPTER: &str = "org.gnome.keyring.SystemPrompter";

/// Our half of a Diffie-Hellman exchange whose secret nobody needs: no password is typed here.
/// Source: gcr, `GcrSecretExchange`.
const EXCHANGE: &str = "[sx-aes-1]\npublic=Ag==\n";

/// What the person does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Person {
    Dismisses,
    IsAway,
}

pub struct Prompter {
    bus: Connection,
    shown: Arc<AtomicUsize>,
}

impl Prompter {
    pub fn new(person: Person) -> Self {
        let shown = Arc::default();
        let screen = Screen {
            person,
            shown: Arc::clone(&shown),
        };
        let bus = Builder::session()
            .and_then(|bus| bus.serve_at("/org/gnome/keyring/Prompter", screen))
            .and_then(|bus| bus.name(PROMPTER))
            .and_then(Builder::build);
        Self {
            bus: bus.expect("a bus"),
            shown,
        }
    }

    /// How many questions there were.
    pub fn shown(&self) -> usize {
        self.shown.load(Ordering::SeqCst)
    }
}

impl Drop for Prompter {
    fn drop(&mut self) {
        let _ = self.bus.clone().close();
    }
}

struct Screen {
    person: Person,
    shown: Arc<AtomicUsize>,
}

#[interface(name = "org.gnome.keyring.internal.Prompter")]
impl Screen {
    fn begin_prompting(
        &self,
        callback: OwnedObjectPath,
        #[zbus(header)] header: Header<'_>,
        #[zbus(connection)] bus: &zbus::Connection,
    ) {
        Callback::new(bus, &header, callback).ready("");
    }

    fn perform_prompt(
        &self,
        callback: OwnedObjectPath,
        _kind: String,
        _properties: HashMap<String, OwnedValue>,
        _exchange: String,
        #[zbus(header)] header: Header<'_>,
        #[zbus(connection)] bus: &zbus::Connection,
    ) {
        self.shown.fetch_add(1, Ordering::SeqCst);
        if self.person == Person::Dismisses {
            Callback::new(bus, &header, callback).ready("no");
        }
    }

    fn stop_prompting(
        &self,
        callback: OwnedObjectPath,
        #[zbus(header)] header: Header<'_>,
        #[zbus(connection)] bus: &zbus::Connection,
    ) {
        Callback::new(bus, &header, callback).tell("PromptDone", ());
    }
}

/// Where the keyring waits for what the person said.
struct Callback {
    bus: Connection,
    keyring: OwnedUniqueName,
    path: OwnedObjectPath,
}

impl Callback {
    fn new(bus: &zbus::Connection, header: &Header<'_>, path: OwnedObjectPath) -> Self {
        Self {
            bus: bus.clone().into(),
            keyring: header.sender().expect("a sender").to_owned().into(),
            path,
        }
    }

    fn ready(self, reply: &'static str) {
        let none: HashMap<String, OwnedValue> = HashMap::new();
        self.tell("PromptReady", (reply, none, EXCHANGE));
    }

    /// Tells the keyring, which first wants its own call answered.
    fn tell(self, what: &'static str, body: impl serde::Serialize + DynamicType + Send + 'static) {
        thread::spawn(move || {
            thread::sleep(Duration::from_millis(50));
            let interface = Some("org.gnome.keyring.internal.Prompter.Callback");
            // The keyring may have gone away meanwhile.
            let _ = self
                .bus
                .call_method(Some(self.keyring), self.path, interface, what, &body);
        });
    }
}
