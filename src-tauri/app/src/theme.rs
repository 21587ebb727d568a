//! Light or dark, as the desktop is. GTK on its own does not follow the person's choice on every desktop, so the
//! desktop portal is asked; where it has nothing to say, GTK's own settings hold.

use std::time::Duration;

use futures_util::StreamExt;
use gtk::prelude::GtkSettingsExt;
use tauri::Theme;
use zbus::zvariant::{OwnedValue, Value};
use zbus::{Connection, Proxy};

use crate::shell::Shell;

const PORTAL: &str = "org.freedesktop.portal.Desktop";
const PATH: &str = "/org/freedesktop/portal/desktop";
const SETTINGS: &str = "org.freedesktop.portal.Settings";
const NAMESPACE: &str = "org.freedesktop.appearance";
const KEY: &str = "color-scheme";

/// A portal that takes longer is followed once it speaks.
const PATIENCE: Duration = Duration::from_millis(500);

/// Follows what the person chose for the desktop.
pub async fn watch(shell: Shell) {
    if let Err(error) = follow(&shell).await {
        tracing::info!(%error, "the desktop does not say whether it is dark");
    }
}

async fn follow(shell: &Shell) -> zbus::Result<()> {
    let bus = Connection::session().await?;
    let portal = Proxy::new(&bus, PORTAL, PATH, SETTINGS).await?;
    let mut changes = portal.receive_signal("SettingChanged").await?;
    let asked = portal.call::<_, _, OwnedValue>("Read", &(NAMESPACE, KEY));
    if let Ok(answer) = tokio::time::timeout(PATIENCE, asked).await {
        shell.set(|known| known.desktop = answer.ok().and_then(|answer| meant(&answer)));
    }
    while let Some(change) = changes.next().await {
        let (namespace, key, value): (String, String, OwnedValue) = change.body().deserialize()?;
        if namespace == NAMESPACE && key == KEY {
            shell.set(|known| known.desktop = meant(&value));
        }
    }
    Ok(())
}

/// The portal's number, which older ones wrap twice. 0 is no preference.
fn meant(value: &Value<'_>) -> Option<Theme> {
    match value {
        Value::Value(inner) => meant(inner),
        Value::U32(1) => Some(Theme::Dark),
        Value::U32(2) => Some(Theme::Light),
        _ => None,
    }
}

/// GTK's own settings, on the main thread, as long as nobody has set a theme.
pub fn of_toolkit() -> Theme {
    let dark = gtk::Settings::default().is_some_and(|settings| {
        let name = settings.gtk_theme_name().unwrap_or_default();
        settings.is_gtk_application_prefer_dark_theme() || name.to_lowercase().ends_with("-dark")
    });
    if dark { Theme::Dark } else { Theme::Light }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_portal_is_understood() {
        let old = Value::Value(Box::new(Value::U32(1)));
        assert_eq!(meant(&old), Some(Theme::Dark));
        assert_eq!(meant(&Value::U32(2)), Some(Theme::Light));
        assert_eq!(meant(&Value::U32(0)), None);
    }
}
