//! The server as the bus shows it.

use std::borrow::Cow;
use std::collections::HashMap;

use evergrant_agent::messages::say;
use zbus::zvariant::Value;

/// The icon and the entry of the menu, as the packages install them.
const ICON: &str = "evergrant-desktop";
const ENTRY: &str = "Evergrant";

/// The server decides how long it stands.
const AS_LONG_AS_USUAL: i32 = -1;

#[zbus::proxy(
    interface = "org.freedesktop.Notifications",
    default_service = "org.freedesktop.Notifications",
    default_path = "/org/freedesktop/Notifications",
    gen_blocking = false
)]
pub trait Server {
    fn get_capabilities(&self) -> zbus::Result<Vec<String>>;

    #[expect(clippy::too_many_arguments, reason = "the specification has them so")]
    fn notify(
        &self,
        app_name: &str,
        replaces_id: u32,
        app_icon: &str,
        summary: &str,
        body: &str,
        actions: &[&str],
        hints: HashMap<&str, Value<'_>>,
        expire_timeout: i32,
    ) -> zbus::Result<u32>;

    fn close_notification(&self, id: u32) -> zbus::Result<()>;

    #[zbus(signal)]
    fn action_invoked(&self, id: u32, action_key: &str) -> zbus::Result<()>;

    #[zbus(signal)]
    fn notification_closed(&self, id: u32, reason: u32) -> zbus::Result<()>;
}

/// One notification, ready to be shown.
pub struct Said<'a> {
    pub title: &'a str,
    pub text: &'a str,
    pub actions: &'a [&'a str],
    pub silent: bool,
}

impl ServerProxy<'_> {
    /// The answer is the number under which it stands.
    pub async fn say(&self, replaces: u32, said: &Said<'_>) -> zbus::Result<u32> {
        let mut hints = HashMap::from([("desktop-entry", Value::from(ENTRY))]);
        if said.silent {
            hints.insert("suppress-sound", Value::from(true));
        }
        let name = say("app.name", &[]);
        self.notify(
            &name,
            replaces,
            ICON,
            said.title,
            said.text,
            said.actions,
            hints,
            AS_LONG_AS_USUAL,
        )
        .await
    }
}

/// What the server shows beside plain words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Abilities {
    pub actions: bool,
    markup: bool,
}

impl Abilities {
    pub fn of(named: &[String]) -> Self {
        let has = |ability: &str| named.iter().any(|name| name == ability);
        Self {
            actions: has("actions"),
            markup: has("body-markup"),
        }
    }

    /// Words that are not taken for markup.
    pub fn harmless(self, text: &str) -> Cow<'_, str> {
        if self.markup {
            let escaped = text
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;");
            Cow::Owned(escaped)
        } else {
            Cow::Borrowed(text)
        }
    }
}
