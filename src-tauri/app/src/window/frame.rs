//! What each window of Evergrant has in common.

use evergrant_agent::interface::ThemeView;
use evergrant_agent::messages::{say, spoken};
use tauri::utils::config::Color;
use tauri::{AppHandle, Manager, Runtime, Theme, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

use crate::desk::Desk;

/// `--ground` of ui/src/tokens.css, so that the window does not flash before the page is drawn.
const LIGHT: Color = Color(0xf4, 0xf7, 0xf3, 0xff);
const DARK: Color = Color(0x0f, 0x16, 0x12, 0xff);

/// A window to be, which shows one of our pages and cannot leave them. Unseen until `reveal`. Its address says in
/// which language it speaks and whether a person wants it light or dark, so that not even its first picture is otherwise.
pub fn begin<'a, R: Runtime>(
    app: &'a AppHandle<R>,
    label: &str,
    page: &str,
) -> WebviewWindowBuilder<'a, R, AppHandle<R>> {
    let dev = app.config().build.dev_url.clone().filter(|_| tauri::is_dev());
    let desk = app.try_state::<Desk>();
    let chosen = desk.map_or(ThemeView::System, |desk| desk.shell.known().chosen);
    let page = format!("{page}?lang={}{}", spoken().tag(), appearance(chosen));
    WebviewWindowBuilder::new(app, label, WebviewUrl::App(page.into()))
        .title(say("app.name", &[]))
        .visible(false)
        .on_navigation(move |address| is_ours(address, dev.as_ref()))
}

/// Shows a window that was just built.
pub fn reveal<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    let _ = window.set_background_color(Some(match theme(window) {
        Theme::Dark => DARK,
        _ => LIGHT,
    }));
    window.show()?;
    tracing::info!(window = window.label(), "window open");
    Ok(())
}

/// Shows a window whatever became of it: hidden, behind others or minimized.
pub fn bring_forward<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    window.unminimize()?;
    window.show()?;
    window.set_focus()
}

/// Light or dark, for the frame too.
fn theme<R: Runtime>(window: &WebviewWindow<R>) -> Theme {
    let known = window.state::<Desk>().shell.known();
    if let Some(theme) = known.theme() {
        window.app_handle().set_theme(Some(theme));
        return theme;
    }
    window.theme().unwrap_or(Theme::Light)
}

/// What a person chose, as the page finds it in its address; what the system says it hears from the web view.
const fn appearance(chosen: ThemeView) -> &'static str {
    match chosen {
        ThemeView::System => "",
        ThemeView::Light => "&appearance=light",
        ThemeView::Dark => "&appearance=dark",
    }
}

/// A window shows Evergrant's own pages and nothing else, whatever a page asks for.
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
        assert!(ours("tauri://localhost/question.html"));
        assert!(ours("http://tauri.localhost/"));
        assert!(!ours("https://accounts.google.com/"));
        assert!(!ours("http://localhost:5173/"));
        assert!(!ours("file:///etc/passwd"));
        assert!(!ours("data:text/html,hello"));
    }
}
