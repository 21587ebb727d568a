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

use super::{About, Desktop, Notification, refused};
use crate::{quit, window};

/// The desktop of the person, through Tauri and its plugins.
pub struct Real<R: Runtime> {
    pub app: AppHandle<R>,
    #[cfg(target_os = "linux")]
    pub notifications: super::notifications::Notifications,
}

/// A notification with nothing to press, as every desktop has it.
pub fn plain<R: Runtime>(app: &AppHandle<R>, notification: &Notification) {
    let builder = app.notification().builder();
    let said = builder.title(&notification.title).body(&notification.text);
    if let Err(error) = said.show() {
        tracing::warn!(%error, "a notification was not shown");
    }
}

impl<R: Runtime> Desktop for Real<R> {
    fn choose_file(&self) -> oneshot::Receiver<Option<PathBuf>> {
        let (chosen, answer) = oneshot::channel();
        let mut dialog = self.app.dialog().file();
        if let Some(window) = self.app.get_webview_window(window::main::LABEL) {
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
        self.app.clipboard().write_text(text).map_err(refused)
    }

    fn open(&self, page: &str) -> Result<(), FaultView> {
        self.app.opener().open_url(page, None::<&str>).map_err(refused)
    }

    fn starts_at_login(&self) -> bool {
        self.app.autolaunch().is_enabled().unwrap_or(false)
    }

    fn set_start_at_login(&self, on: bool) -> Result<(), FaultView> {
        let entry = self.app.autolaunch();
        if on { entry.enable() } else { entry.disable() }.map_err(refused)
    }

    fn looked_at(&self) -> Option<String> {
        let windows = self.app.webview_windows().into_iter();
        windows
            .filter(|(_, window)| window.is_focused().unwrap_or(false))
            .map(|(label, _)| label)
            .next()
    }

    #[cfg(target_os = "linux")]
    fn notify(&self, notification: Notification) {
        self.notifications.show(notification);
    }

    #[cfg(not(target_os = "linux"))]
    fn notify(&self, notification: Notification) {
        if notification.news {
            plain(&self.app, &notification);
        }
    }

    #[cfg(target_os = "linux")]
    fn withdraw(&self, about: About) {
        self.notifications.withdraw(about);
    }

    #[cfg(not(target_os = "linux"))]
    fn withdraw(&self, _: About) {}

    fn withdraw_all(&self) {
        #[cfg(target_os = "linux")]
        self.notifications.withdraw_all();
    }

    fn open_window(&self) {
        window::main::bring_forward(&self.app);
    }

    fn close_window(&self) {
        if let Some(window) = self.app.get_webview_window(window::main::LABEL)
            && let Err(error) = window.destroy()
        {
            tracing::warn!(%error, "the window stays open");
        }
    }

    fn show_question(&self) -> oneshot::Receiver<Result<(), FaultView>> {
        let (shown, answer) = oneshot::channel();
        let app = self.app.clone();
        // Where it fails the sender goes, which is an answer too.
        let _ = self.app.run_on_main_thread(move || {
            let _ = shown.send(window::question::show(&app).map_err(refused));
        });
        answer
    }

    fn close_question(&self) -> oneshot::Receiver<()> {
        let (gone, answer) = oneshot::channel();
        let app = self.app.clone();
        let _ = self.app.run_on_main_thread(move || {
            if let Err(error) = window::question::close(&app, gone) {
                tracing::warn!(%error, "the window of a question stays");
            }
        });
        answer
    }

    fn quit(&self) {
        quit::begin(&self.app);
    }
}
