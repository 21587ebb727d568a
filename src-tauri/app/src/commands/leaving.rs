use evergrant_agent::interface::{FaultView, Request};

use crate::desk::Desk;

/// Disconnects every account, deletes everything that is kept, and quits. `now`: without waiting for what cannot be
/// ended or reached.
#[tauri::command]
#[specta::specta]
pub async fn delete_everything(desk: Desk, now: bool) -> Result<(), FaultView> {
    desk.ask(Request::DeleteEverything { now }).await
}

/// Calls that off.
#[tauri::command]
#[specta::specta]
pub async fn keep_everything(desk: Desk) -> Result<(), FaultView> {
    desk.ask(Request::KeepEverything).await
}

/// Quits, from where nothing else can be done.
#[tauri::command]
#[specta::specta]
// Written out, the answer is `null` in the bindings, as it is to the page.
pub async fn quit(desk: Desk) -> () {
    desk.desktop.quit();
}
