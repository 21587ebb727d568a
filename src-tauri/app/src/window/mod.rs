//! The windows: the one with the accounts, and the one that asks for programs.

#[cfg(target_os = "linux")]
pub mod drawing;
mod event;
mod frame;
pub mod main;
mod place;
pub mod question;

use tauri::{AppHandle, Manager, Runtime};

pub use event::heard;
pub use place::remembered;

/// Hides every window, as quitting does.
pub fn hide_all<R: Runtime>(app: &AppHandle<R>) {
    for window in app.webview_windows().values() {
        let _ = window.hide();
    }
}
