use evergrant_agent::interface::{FaultView, Reach, Reply, Request};

use crate::desk::Desk;

#[tauri::command]
#[specta::specta]
pub async fn test(desk: Desk, account: String) -> Result<(), FaultView> {
    desk.ask(Request::Test { account }).await
}

#[tauri::command]
#[specta::specta]
pub async fn test_all(desk: Desk) -> Result<(), FaultView> {
    desk.ask(Request::TestAll).await
}

#[tauri::command]
#[specta::specta]
pub async fn refresh(desk: Desk, account: String) -> Result<(), FaultView> {
    desk.ask(Request::Refresh { account }).await
}

#[tauri::command]
#[specta::specta]
pub async fn disconnect(desk: Desk, account: String, reach: Reach) -> Result<(), FaultView> {
    desk.ask(Request::Disconnect { account, reach }).await
}

/// A `data:` address, or none: the window then draws the initials.
#[tauri::command]
#[specta::specta]
pub async fn picture(desk: Desk, account: String) -> Option<String> {
    match desk.agent.ask(Request::Picture { account }).await {
        Ok(Reply::Picture(picture)) => picture,
        _ => None,
    }
}
