//! The end of leaving: what the desktop keeps for Evergrant goes as well, and then the program.

use std::path::Path;
use std::{fs, io};

use tauri::{AppHandle, Manager, Runtime};

use crate::desk::Desk;

/// Everything of the agent's is deleted: Evergrant starts no more by itself, and quits. Twice is once.
pub fn carry_out(desk: &Desk) {
    desk.shell.begin_leaving();
    if desk.desktop.starts_at_login()
        && let Err(fault) = desk.desktop.set_start_at_login(false)
    {
        tracing::warn!(code = fault.code, "it still starts at login");
    }
    desk.desktop.quit();
}

/// The last of all, when the windows are gone: their sizes, what their web views kept, and the note of leaving.
pub fn last_traces<R: Runtime>(app: &AppHandle<R>) {
    let left = app
        .try_state::<Desk>()
        .is_some_and(|desk| desk.shell.is_leaving());
    if !left {
        return;
    }
    #[cfg(target_os = "linux")]
    crate::web_processes::end();
    let places = app.path();
    for folder in [
        places.app_config_dir(),
        places.app_data_dir(),
        places.app_local_data_dir(),
        places.app_cache_dir(),
    ] {
        if let Ok(Err(error)) = folder.map(|folder| remove(&folder)) {
            tracing::warn!(kind = %error.kind(), "what the window kept stays");
        }
    }
    evergrant_agent::leaving::finish();
}

/// These folders are named by the program's own identifier; nobody else puts anything there.
fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}
