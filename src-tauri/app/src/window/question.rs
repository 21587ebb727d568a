//! The window that asks whether a program may have access. It stands above the others while there is
//! a question, and takes its web view with it when there is none. Calls are for the main thread.

use evergrant_agent::messages::say;
use tauri::{AppHandle, Manager, Runtime, WebviewWindow, WindowEvent};
use tokio::sync::oneshot;

use super::frame;

/// Names the window in capabilities/question.json too.
pub const LABEL: &str = "question";

/// Shows the window, or brings it forward where it stands already: its page follows the question by itself.
pub fn show<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    match app.get_webview_window(LABEL) {
        Some(window) => frame::bring_forward(&window),
        None => open(app),
    }
}

/// Takes the window away; `gone` is told once its label is free for another.
pub fn close<R: Runtime>(app: &AppHandle<R>, gone: oneshot::Sender<()>) -> tauri::Result<()> {
    let Some(window) = app.get_webview_window(LABEL) else {
        let _ = gone.send(());
        return Ok(());
    };
    // A listener may be called more than once.
    let gone = std::sync::Mutex::new(Some(gone));
    window.on_window_event(move |event| {
        if matches!(event, WindowEvent::Destroyed)
            && let Ok(mut gone) = gone.lock()
            && let Some(gone) = gone.take()
        {
            let _ = gone.send(());
        }
    });
    window.destroy()
}

fn open<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    let window = build(app)?;
    frame::reveal(&window)?;
    window.set_focus()
}

fn build<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<WebviewWindow<R>> {
    frame::begin(app, LABEL, "question.html")
        .title(say("notification.question.title", &[]))
        .inner_size(460.0, 560.0)
        .min_inner_size(360.0, 420.0)
        .center()
        .always_on_top(true)
        .skip_taskbar(false)
        .focused(true)
        .build()
}

#[cfg(test)]
mod tests {
    use tauri::test::{MockRuntime, mock_builder, mock_context, noop_assets};

    use super::*;

    fn app() -> tauri::App<MockRuntime> {
        mock_builder()
            .build(mock_context(noop_assets()))
            .expect("an app on no screen")
    }

    #[test]
    fn the_same_window_stays_however_often_it_is_shown() {
        let app = app();
        build(app.handle()).expect("a window on no screen");
        show(app.handle()).expect("the same window");
        let windows = app.webview_windows();
        assert_eq!(windows.keys().collect::<Vec<_>>(), [LABEL]);
        let page = windows[LABEL].url().expect("an address");
        assert_eq!(page.path(), "/question.html");
    }

    #[test]
    fn a_window_that_is_not_there_is_gone_at_once() {
        let (gone, mut heard) = oneshot::channel();
        close(app().handle(), gone).expect("nothing to close");
        assert_eq!(heard.try_recv(), Ok(()));
    }
}
