use std::path::PathBuf;

use evergrant_agent::interface::FaultView;
use evergrant_agent::messages::say;
use tauri::{AppHandle, Manager, Runtime};
use tauri_plugin_autostart::ManagerExt;
use tauri_plugin_clipboard_manager::ClipboardExt;
use tauri_plugin_dialog::DialogExt;
use tauri_plugin_notification::NotificationExt;
use tauri_plugin_opener::OpenerExt;
use tokio::sync::oneshot;

use super::{Desktop, refused};
use crate::{quit, window};

/// The desktop of the person, through Tauri and its plugins.
pub struct Real<R: Runtime>(pub AppHandle<R>);

impl<R: Runtime> Desktop for Real<R> {
    fn choose_file(&self) -> oneshot::Receiver<Option<PathBuf>> {
        let (chosen, answer) = oneshot::channel();
        let mut dialog = self.0.dialog().file();
        if let Some(window) = self.0.get_webview_window(window::main::LABEL) {
            dialog = dialog.set_parent(&window);
        }
        dialog
            .set_title(say("dialog.client_file.title", &[]))
            .add_filter(say("dialog.client_file.filter", &[]), &["json"])
            .pick_file(move |file| {
                let _ = chosen.send(file.and_then(|file| file.into_path().ok()));
            });
        answer
    }

    fn copy(&self, text: String) -> Result<(), FaultView> {
        self.0.clipboard().write_text(text).map_err(refused)
    }

    fn open(&self, page: &str) -> Result<(), FaultView> {
        self.0.opener().open_url(page, None::<&str>).map_err(refused)
    }

    fn starts_at_login(&self) -> bool {
        self.0.autolaunch().is_enabled().unwrap_or(false)
    }

    fn set_start_at_login(&self, on: bool) -> Result<(), FaultView> {
        let entry = self.0.autolaunch();
        if on { entry.enable() } else { entry.disable() }.map_err(refused)
    }

    fn looked_at(&self) -> Option<String> {
        let windows = self.0.webview_windows().into_iter();
        windows
            .filter(|(_, window)| window.is_focused().unwrap_or(false))
            .map(|(label, _)| label)
            .next()
    }

    fn notify(&self, title: &str, text: &str) {
        let notification = self.0.notification().builder().title(title).body(text);
        if let Err(error) = notification.show() {
            tracing::warn!(%error, "a notification was not shown");
        }
    }

    fn close_window(&self) {
        if let Some(window) = self.0.get_webview_window(window::main::LABEL)
            && let Err(error) = window.destroy()
        {
            tracing::warn!(%error, "the window stays open");
        }
    }

    fn show_question(&self) -> oneshot::Receiver<Result<(), FaultView>> {
        let (shown, answer) = oneshot::channel();
        let app = self.0.clone();
        // Where it fails the sender goes, which is an answer too.
        let _ = self.0.run_on_main_thread(move || {
            let _ = shown.send(window::question::show(&app).map_err(refused));
        });
        answer
    }

    fn close_question(&self) -> oneshot::Receiver<()> {
        let (gone, answer) = oneshot::channel();
        let app = self.0.clone();
        let _ = self.0.run_on_main_thread(move || {
            if let Err(error) = window::question::close(&app, gone) {
                tracing::warn!(%error, "the window of a question stays");
            }
        });
        answer
    }

    fn quit(&self) {
        quit::begin(&self.0);
    }
}
