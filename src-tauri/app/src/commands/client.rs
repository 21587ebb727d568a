use evergrant_agent::interface::{FaultView, Request};

use crate::desk::Desk;

/// The file is chosen and read outside the web view, which never sees what is in it.
#[tauri::command]
#[specta::specta]
pub async fn choose_client_file(desk: Desk, provider: String) -> Result<(), FaultView> {
    let Ok(Some(file)) = desk.desktop.choose_file().await else {
        return Ok(());
    };
    desk.ask(Request::ImportClient { provider, file }).await
}

/// With nothing in it, it is called by its project again.
#[tauri::command]
#[specta::specta]
pub async fn rename_client(desk: Desk, client: String, name: String) -> Result<(), FaultView> {
    desk.ask(Request::RenameClient { client, name }).await
}

/// Only one that no account needs.
#[tauri::command]
#[specta::specta]
pub async fn remove_client(desk: Desk, client: String) -> Result<(), FaultView> {
    desk.ask(Request::RemoveClient { client }).await
}
