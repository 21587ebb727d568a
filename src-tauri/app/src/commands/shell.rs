use evergrant_agent::interface::{FaultView, Request};

use crate::background;
use crate::desk::Desk;
use crate::shell::ShellView;

#[tauri::command]
#[specta::specta]
pub async fn shell(desk: Desk) -> ShellView {
    // Others can change it too, such as the desktop's own settings.
    let on = desk.desktop.starts_at_login();
    desk.shell.set(|known| known.start_at_login = on);
    desk.shell.open_page()
}

/// The answer to whether to keep running with no tray.
#[tauri::command]
#[specta::specta]
// Written out, the answer is `null` in the bindings, as it is to the page.
pub async fn keep_running(desk: Desk, keep: bool) -> () {
    background::answer(&desk, keep).await;
}

/// Whether closing the window leaves Evergrant running.
#[tauri::command]
#[specta::specta]
pub async fn set_keep_running(desk: Desk, keep: bool) -> Result<(), FaultView> {
    background::choose(&desk, keep).await
}

#[tauri::command]
#[specta::specta]
pub async fn set_start_at_login(desk: Desk, on: bool) -> Result<(), FaultView> {
    desk.desktop.set_start_at_login(on)?;
    desk.shell.set(|known| known.start_at_login = on);
    Ok(())
}

/// By its BCP 47 tag; none: the system's.
#[tauri::command]
#[specta::specta]
pub async fn set_language(desk: Desk, language: Option<String>) -> Result<(), FaultView> {
    desk.ask(Request::Speak(language)).await
}
