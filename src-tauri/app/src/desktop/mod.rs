//! What commands need of the desktop: a port, so that tests run without one.

#[cfg(test)]
pub mod fake;
mod notification;
#[cfg(target_os = "linux")]
pub mod notifications;
mod real;

use std::fmt::Display;
use std::path::PathBuf;

use evergrant_agent::interface::{FaultView, RecoveryView};
use tokio::sync::oneshot;

pub use notification::{About, Notification};
pub use real::{Real, plain};

pub trait Desktop: Send + Sync {
    /// Lets the person choose a client file; none when they thought better of it.
    fn choose_file(&self) -> oneshot::Receiver<Option<PathBuf>>;
    fn copy(&self, text: String) -> Result<(), FaultView>;
    /// Opens a page in the person's own browser.
    fn open(&self, page: &str) -> Result<(), FaultView>;
    fn starts_at_login(&self) -> bool;
    fn set_start_at_login(&self, on: bool) -> Result<(), FaultView>;
    /// The label of the window of ours that has the focus.
    fn looked_at(&self) -> Option<String>;
    /// Says it outside the windows; what is pressed on it comes to whoever opened the desktop.
    fn notify(&self, notification: Notification);
    /// Takes it back, where it still stands.
    fn withdraw(&self, about: About);
    /// Takes back all that is said: there is nobody any more to press for.
    fn withdraw_all(&self);
    fn open_window(&self);
    fn close_window(&self);
    /// Opens the window that asks, or brings it forward. Answers once it stands; nothing means no.
    fn show_question(&self) -> oneshot::Receiver<Result<(), FaultView>>;
    /// Takes that window away, with its web view. Answers once it is gone.
    fn close_question(&self) -> oneshot::Receiver<()>;
    fn quit(&self);
}

/// The desktop said no; its own words go along.
fn refused(words: impl Display) -> FaultView {
    FaultView {
        code: "desktop_refused".to_owned(),
        recovery: RecoveryView::TryAgain,
        detail: Some(words.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use evergrant_agent::messages::say;

    #[test]
    fn a_refusal_has_its_sentences() {
        for part in ["what", "todo"] {
            let key = format!("fault.{}.{part}", super::refused("").code);
            assert_ne!(say(&key, &[]), key, "ui/messages/en.json has no {key}");
        }
    }
}
