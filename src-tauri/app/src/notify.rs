use evergrant_agent::interface::AccountView;
use evergrant_agent::messages::say;
use tauri::{AppHandle, Manager, Runtime};
use tauri_plugin_notification::NotificationExt;

use crate::window;

/// Says that an account needs the person, unless they look at the window that shows it.
pub fn attention<R: Runtime>(app: &AppHandle<R>, account: &AccountView) {
    let window = app.get_webview_window(window::LABEL);
    if window.is_some_and(|window| window.is_focused().unwrap_or(false)) {
        return;
    }
    let text = say("notification.attention.text", &[("email", &account.email)]);
    show(app, say("notification.attention.title", &[]), text);
}

/// Says that Evergrant goes on although nothing of it can be seen.
pub fn background<R: Runtime>(app: &AppHandle<R>) {
    let text = say("notification.background.text", &[]);
    show(app, say("notification.background.title", &[]), text);
}

fn show<R: Runtime>(app: &AppHandle<R>, title: String, text: String) {
    if let Err(error) = app.notification().builder().title(title).body(text).show() {
        tracing::warn!(%error, "a notification was not shown");
    }
}
