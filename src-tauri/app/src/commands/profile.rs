use evergrant_agent::interface::{FaultView, ProfileName, Request, Snapshot};

use crate::desk::Desk;

#[tauri::command]
#[specta::specta]
pub async fn snapshot(desk: Desk) -> Snapshot {
    desk.agent.snapshot().await
}

#[tauri::command]
#[specta::specta]
pub async fn show_profile(desk: Desk, profile: ProfileName) -> Result<(), FaultView> {
    desk.ask(Request::ShowProfile(profile)).await
}

#[tauri::command]
#[specta::specta]
// Written out, the answer is `null` in the bindings, as it is to the page.
pub async fn dismiss(desk: Desk, notice: u32) -> () {
    // A notice that is gone already is what was wanted.
    let _ = desk.ask(Request::DismissNotice(notice)).await;
}
