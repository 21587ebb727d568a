use tauri::plugin::TauriPlugin;
use tauri::utils::config::Color;
use tauri::{AppHandle, Manager, Runtime, Theme, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

use evergrant_agent::messages::say;
use tauri_plugin_window_state::StateFlags;

use crate::desk::Desk;

pub const LABEL: &str = "main";

/// `--ground` of ui/src/tokens.css, so that the window does not flash before the page is drawn.
const LIGHT: Color = Color(0xf4, 0xf7, 0xf3, 0xff);
const DARK: Color = Color(0x0f, 0x16, 0x12, 0xff);

/// Shows the window, whatever became of it: hidden behind others, minimized or closed.
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
        Some(window) => {
            window.unminimize()?;
            window.show()?;
            window.set_focus()
        }
        None => open(app),
    }
}

pub fn hide<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(LABEL) {
        let _ = window.hide();
    }
}

/// Size and place, as the person left them.
pub fn remembered<R: Runtime>() -> TauriPlugin<R> {
    // Not whether it was visible: it opens only to be seen.
    let flags = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED | StateFlags::FULLSCREEN;
    tauri_plugin_window_state::Builder::new()
        .with_state_flags(flags)
        .build()
}

fn open<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    let dev = app.config().build.dev_url.clone().filter(|_| tauri::is_dev());
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("index.html".into()))
        .title(say("app.name", &[]))
        .inner_size(520.0, 720.0)
        .min_inner_size(420.0, 560.0)
        .visible(false)
        .on_navigation(move |address| is_ours(address, dev.as_ref()))
        .build()?;
    let _ = window.set_background_color(Some(match theme(&window) {
        Theme::Dark => DARK,
        _ => LIGHT,
    }));
    window.show()?;
    tracing::info!("window open");
    Ok(())
}

/// Light or dark: as the desktop says, else as the toolkit has it.
fn theme<R: Runtime>(window: &WebviewWindow<R>) -> Theme {
    if let Some(theme) = window.state::<Desk>().shell.known().theme {
        window.app_handle().set_theme(Some(theme));
        return theme;
    }
    #[cfg(target_os = "linux")]
    return crate::theme::of_toolkit();
    #[cfg(not(target_os = "linux"))]
    return window.theme().unwrap_or(Theme::Light);
}

/// The window shows Evergrant's own pages and nothing else, whatever a page asks for.
fn is_ours(address: &Url, dev: Option<&Url>) -> bool {
    match (address.scheme(), address.host_str()) {
        ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost")) => true,
        _ => dev.is_some_and(|dev| dev.origin() == address.origin()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(address: &str) -> bool {
        is_ours(&address.parse().expect("an address"), None)
    }

    #[test]
    fn nothing_but_our_own_pages_is_shown() {
        assert!(ours("tauri://localhost/index.html"));
        assert!(ours("http://tauri.localhost/"));
        assert!(!ours("https://accounts.google.com/"));
        assert!(!ours("http://localhost:5173/"));
        assert!(!ours("file:///etc/passwd"));
        assert!(!ours("data:text/html,hello"));
    }
}
