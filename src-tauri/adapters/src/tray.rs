//! Whether the desktop has a tray, for those who cannot see it.

/// Asks the session bus; `None` where that cannot be known.
#[cfg(target_os = "linux")]
pub async fn is_there() -> Option<bool> {
    use std::time::Duration;
    use zbus::{Connection, fdo::DBusProxy, names::BusName};

    const PATIENCE: Duration = Duration::from_secs(2);

    let asked = async {
        let bus = Connection::session().await.ok()?;
        let names = DBusProxy::new(&bus).await.ok()?;
        let watcher = BusName::try_from("org.kde.StatusNotifierWatcher").ok()?;
        names.name_has_owner(watcher).await.ok()
    };
    tokio::time::timeout(PATIENCE, asked).await.ok().flatten()
}

/// Other desktops always have one.
#[cfg(not(target_os = "linux"))]
pub async fn is_there() -> Option<bool> {
    Some(true)
}
