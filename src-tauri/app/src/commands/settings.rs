use evergrant_agent::interface::{
    BrowserView, BrowserWish, FaultView, ProxyUnfit, ProxyView, Reply, Request, ThemeView, Wish,
};

use crate::desk::Desk;

#[tauri::command]
#[specta::specta]
pub async fn set_theme(desk: Desk, theme: ThemeView) -> Result<(), FaultView> {
    desk.ask(Request::Choose(Wish::Theme(theme))).await
}

/// Those that are installed and can be chosen.
#[tauri::command]
#[specta::specta]
pub async fn browsers(desk: Desk) -> Vec<BrowserView> {
    match desk.agent.ask(Request::Browsers).await {
        Ok(Reply::Browsers(browsers)) => browsers,
        _ => Vec::new(),
    }
}

#[tauri::command]
#[specta::specta]
pub async fn set_browser(desk: Desk, browser: BrowserWish) -> Result<(), FaultView> {
    desk.ask(Request::Choose(Wish::Browser(browser))).await
}

/// Answers why that is no proxy; nothing: it is in use from the next call on.
#[tauri::command]
#[specta::specta]
pub async fn set_proxy(desk: Desk, proxy: ProxyView) -> Result<Option<ProxyUnfit>, FaultView> {
    match desk.agent.ask(Request::ChooseProxy(proxy)).await? {
        Reply::Unfit(why) => Ok(Some(why)),
        _ => Ok(None),
    }
}
