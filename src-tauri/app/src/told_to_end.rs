use tauri::{AppHandle, Runtime};
use tokio::signal::unix::{SignalKind, signal};

use crate::quit;

/// The session ends, or somebody asks the process to: what is in flight comes to its end first.
pub async fn watch<R: Runtime>(app: AppHandle<R>) {
    let (Ok(mut terminate), Ok(mut interrupt)) =
        (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        return tracing::warn!("signals are not heard");
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    quit::begin(&app);
}
