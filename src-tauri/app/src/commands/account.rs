use evergrant_agent::interface::{
    BrowserPick, FaultView, HistoryView, NamedBrowserView, Reach, Reply, Request,
};

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

#[tauri::command]
#[specta::specta]
pub async fn disconnect_all(desk: Desk) -> Result<(), FaultView> {
    desk.ask(Request::DisconnectAll).await
}

/// What happened to the account, newest first.
#[tauri::command]
#[specta::specta]
pub async fn history(desk: Desk, account: String) -> Result<HistoryView, FaultView> {
    let asked = account.clone();
    match desk.agent.ask(Request::History { account: asked }).await? {
        Reply::History(history) => Ok(history),
        _ => Ok(HistoryView {
            account,
            lines: vec![],
        }),
    }
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

/// The browser in which the account is connected again; none: the one in the settings.
#[tauri::command]
#[specta::specta]
pub async fn account_browser(desk: Desk, account: String) -> Result<Option<NamedBrowserView>, FaultView> {
    match desk.agent.ask(Request::AccountBrowser { account }).await? {
        Reply::AccountBrowser(browser) => Ok(browser),
        _ => Ok(None),
    }
}

#[tauri::command]
#[specta::specta]
pub async fn set_account_browser(
    desk: Desk,
    account: String,
    browser: Option<BrowserPick>,
) -> Result<(), FaultView> {
    desk.ask(Request::ChooseAccountBrowser { account, browser }).await
}
