//! The window with the accounts. Calls are for the main thread where they do not say otherwise.

use tauri::{AppHandle, Manager, Runtime};

use super::frame;

pub const LABEL: &str = "main";

/// Shows the window, whatever became of it, from any thread.
pub fn bring_forward<R: Runtime>(app: &AppHandle<R>) {
    let asked = app.clone();
    let outcome = app.run_on_main_thread(move || {
        if let Err(error) = show(&asked) {
            tracing::error!(%error, "the window does not open");
        }
    });
    if let Err(error) = outcome {
        tracing::error!(%error, "the window does not open");
    }
}

/// As `bring_forward`, on the main thread.
pub fn show<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    match app.get_webview_window(LABEL) {
        Some(window) => frame::bring_forward(&window),
        None => open(app),
    }
}

fn open<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    let window = frame::begin(app, LABEL, "index.html")
        .inner_size(520.0, 720.0)
        .min_inner_size(420.0, 560.0)
        .build()?;
    frame::reveal(&window)
}
