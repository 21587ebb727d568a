use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use evergrant_agent::interface::FaultView;
use tokio::sync::oneshot;

use super::{About, Desktop, Notification, refused};

/// A desktop in memory. It notes what is done to it, and can be told to refuse what comes next.
#[derive(Default)]
pub struct FakeDesktop {
    pub file: Mutex<Option<PathBuf>>,
    pub looked_at: Mutex<Option<String>>,
    pub starts_at_login: Mutex<bool>,
    done: Mutex<Vec<String>>,
    refusing: Mutex<bool>,
}

impl FakeDesktop {
    pub fn refuse_next(&self) {
        *self.refusing.lock().unwrap_or_else(PoisonError::into_inner) = true;
    }

    pub fn done(&self) -> Vec<String> {
        self.done.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn note(&self, what: impl Into<String>) -> Result<(), FaultView> {
        if std::mem::take(&mut *self.refusing.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Err(refused("not now"));
        }
        self.done
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(what.into());
        Ok(())
    }
}

impl Desktop for FakeDesktop {
    fn choose_file(&self) -> oneshot::Receiver<Option<PathBuf>> {
        let (chosen, answer) = oneshot::channel();
        let _ = chosen.send(self.file.lock().unwrap_or_else(PoisonError::into_inner).take());
        answer
    }

    fn copy(&self, text: String) -> Result<(), FaultView> {
        self.note(format!("copy {text}"))
    }

    fn open(&self, page: &str) -> Result<(), FaultView> {
        self.note(format!("open {page}"))
    }

    fn starts_at_login(&self) -> bool {
        *self
            .starts_at_login
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn set_start_at_login(&self, on: bool) -> Result<(), FaultView> {
        self.note(format!("start at login {on}"))?;
        *self
            .starts_at_login
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = on;
        Ok(())
    }

    fn looked_at(&self) -> Option<String> {
        self.looked_at
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn notify(&self, notification: Notification) {
        let kind = if notification.news { "notify" } else { "correct" };
        let _ = self.note(format!("{kind} {} [{}]", notification.text, notification.button));
    }

    fn withdraw(&self, about: About) {
        let _ = self.note(format!("withdraw {about:?}"));
    }

    fn withdraw_all(&self) {
        let _ = self.note("withdraw all");
    }

    fn open_window(&self) {
        let _ = self.note("open window");
    }

    fn close_window(&self) {
        let _ = self.note("close window");
    }

    fn show_question(&self) -> oneshot::Receiver<Result<(), FaultView>> {
        let (shown, answer) = oneshot::channel();
        let _ = shown.send(self.note("show question"));
        answer
    }

    fn close_question(&self) -> oneshot::Receiver<()> {
        let (gone, answer) = oneshot::channel();
        let _ = self.note("close question");
        let _ = gone.send(());
        answer
    }

    fn quit(&self) {
        let _ = self.note("quit");
    }
}
