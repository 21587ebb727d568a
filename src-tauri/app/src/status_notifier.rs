//! Whether a tray is there, asked of the desktop: on Linux an icon can be offered and shown nowhere.

use std::time::Duration;

use futures_util::StreamExt;
use zbus::Connection;
use zbus::fdo::DBusProxy;
use zbus::names::BusName;

use crate::shell::Shell;

const WATCHER: &str = "org.kde.StatusNotifierWatcher";

/// A desktop that does not answer by then is taken to have none, until it says otherwise.
const PATIENCE: Duration = Duration::from_millis(500);

/// Follows the tray as it comes and goes.
pub async fn watch(shell: Shell) {
    match tokio::time::timeout(PATIENCE, Connection::session()).await {
        Ok(Ok(bus)) => {
            if let Err(error) = follow(&bus, &shell).await {
                tracing::warn!(%error, "the tray is not followed");
            }
        }
        Ok(Err(error)) => tracing::info!(%error, "no session bus, so no tray"),
        Err(_) => tracing::warn!("the session bus does not answer"),
    }
}

async fn follow(bus: &Connection, shell: &Shell) -> zbus::Result<()> {
    let names = DBusProxy::new(bus).await?;
    let mut owners = names
        .receive_name_owner_changed_with_args(&[(0, WATCHER)])
        .await?;
    let asked = names.name_has_owner(BusName::try_from(WATCHER)?);
    let there = matches!(tokio::time::timeout(PATIENCE, asked).await, Ok(Ok(true)));
    shell.set(|known| known.tray = there);
    while let Some(change) = owners.next().await {
        let there = change.args()?.new_owner().is_some();
        shell.set(|known| known.tray = there);
    }
    Ok(())
}
