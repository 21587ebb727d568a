use evergrant_agent::interface::{ConsentRequest, FaultView, Reply, Request};

use crate::desk::Desk;

/// With this client; none: the one that was used last.
#[tauri::command]
#[specta::specta]
pub async fn connect(
    desk: Desk,
    provider: String,
    client: Option<String>,
    ask: ConsentRequest,
) -> Result<(), FaultView> {
    desk.ask(Request::Connect {
        provider,
        client,
        consent: ask,
    })
    .await
}

/// With its own client, unless another one is named.
#[tauri::command]
#[specta::specta]
pub async fn reconnect(desk: Desk, account: String, client: Option<String>) -> Result<(), FaultView> {
    desk.ask(Request::Reconnect { account, client }).await
}

#[tauri::command]
#[specta::specta]
pub async fn ask_again(desk: Desk, account: String) -> Result<(), FaultView> {
    desk.ask(Request::AskAgain { account }).await
}

#[tauri::command]
#[specta::specta]
pub async fn cancel_attempt(desk: Desk) -> Result<(), FaultView> {
    desk.ask(Request::CancelAttempt).await
}

#[tauri::command]
#[specta::specta]
pub async fn open_again(desk: Desk) -> Result<(), FaultView> {
    desk.ask(Request::OpenAgain).await
}

#[tauri::command]
#[specta::specta]
pub async fn copy_link(desk: Desk) -> Result<(), FaultView> {
    match desk.agent.ask(Request::Link).await? {
        Reply::Link(link) => desk.desktop.copy(link),
        _ => Ok(()),
    }
}

#[tauri::command]
#[specta::specta]
pub async fn save_again(desk: Desk) -> Result<(), FaultView> {
    desk.ask(Request::SaveAgain).await
}
