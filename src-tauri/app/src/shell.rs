use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use evergrant_agent::interface::{FaultView, ThemeView};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::Theme;
use tokio::sync::watch;

use crate::background::{Background, Closing, closing};

/// What the window shows of the desktop around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type, tauri_specta::Event)]
#[serde(rename_all = "camelCase")]
#[tauri_specta(event_name = "shell-change")]
#[expect(clippy::struct_excessive_bools, reason = "each is shown by itself")]
pub struct ShellView {
    /// Whether a tray holds the icon; without one, a closed window comes back by a second start.
    pub tray: bool,
    pub start_at_login: bool,
    /// Closing the window does not end Evergrant.
    pub keeps_running: bool,
    /// The window was closed and there is no tray: keep running, or quit?
    pub asking_background: bool,
    pub version: String,
    /// Where the window is asked to go. Told once.
    pub route: Route,
    /// The account that the route leads to. Told once.
    pub account: Option<String>,
    /// Why the file that was just dropped is of no use. Told once.
    pub drop_fault: Option<FaultView>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Route {
    /// Stay where you are.
    #[default]
    Home,
    Connect,
    ClientFile,
    Programs,
    /// One account, named beside.
    Account,
}

/// What is known of the desktop, told to whoever follows.
#[derive(Clone)]
pub struct Shell(Arc<Inner>);

struct Inner {
    known: watch::Sender<Known>,
    quitting: AtomicBool,
    unseen: AtomicBool,
    leaving: AtomicBool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    pub tray: bool,
    pub start_at_login: bool,
    pub background: Background,
    pub route: Route,
    pub account: Option<String>,
    pub drop_fault: Option<FaultView>,
    /// Light or dark, where the person chose it.
    pub chosen: ThemeView,
    /// Where the desktop says it.
    pub desktop: Option<Theme>,
    /// As the toolkit had it at the start.
    pub toolkit: Option<Theme>,
    /// The page has asked for this view, so it hears changes too.
    pub page_listens: bool,
}

impl Known {
    /// Light or dark: what the person chose comes first. `None` where nobody says it, and the system decides.
    pub fn theme(&self) -> Option<Theme> {
        match self.chosen {
            ThemeView::Light => Some(Theme::Light),
            ThemeView::Dark => Some(Theme::Dark),
            ThemeView::System => self.desktop.or(self.toolkit),
        }
    }

    pub fn view(&self) -> ShellView {
        ShellView {
            tray: self.tray,
            start_at_login: self.start_at_login,
            keeps_running: closing(self.tray, self.background) == Closing::Leave,
            asking_background: self.background == Background::Asking,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            route: self.route,
            account: self.account.clone(),
            drop_fault: self.drop_fault.clone(),
        }
    }
}

impl Shell {
    pub fn new(tray: bool) -> Self {
        let known = Known {
            tray,
            ..Known::default()
        };
        Self(Arc::new(Inner {
            known: watch::Sender::new(known),
            quitting: AtomicBool::new(false),
            unseen: AtomicBool::new(false),
            leaving: AtomicBool::new(false),
        }))
    }

    pub fn follow(&self) -> watch::Receiver<Known> {
        self.0.known.subscribe()
    }

    pub fn known(&self) -> Known {
        self.0.known.borrow().clone()
    }

    /// Changes what is known; those who follow hear of it if it differs.
    pub fn set(&self, change: impl FnOnce(&mut Known)) {
        self.0.known.send_if_modified(|known| {
            let before = known.clone();
            change(known);
            *known != before
        });
    }

    /// The page loads: it gets the whole view, and from now on its changes.
    pub fn open_page(&self) -> ShellView {
        // In one step, so that nobody else is told meanwhile what is told once.
        self.take(|known| known.page_listens = true)
    }

    /// The view to tell. What is told once leaves it: a route told again would pull the person away.
    pub fn tell(&self) -> ShellView {
        self.take(|_| {})
    }

    fn take(&self, change: impl FnOnce(&mut Known)) -> ShellView {
        let mut view = None;
        self.0.known.send_if_modified(|known| {
            change(known);
            view = Some(known.view());
            known.route = Route::Home;
            known.account = None;
            known.drop_fault = None;
            false
        });
        view.unwrap_or_else(|| self.known().view())
    }

    /// The window is to show this account.
    pub fn lead_to(&self, account: &str) {
        self.set(|known| {
            known.route = Route::Account;
            known.account = Some(account.to_owned());
        });
    }

    /// The window is gone, and with it a question it asked.
    pub fn close_page(&self) {
        self.set(|known| {
            known.page_listens = false;
            if known.background == Background::Asking {
                known.background = Background::Unasked;
            }
        });
    }

    /// Whether this is the first time that quitting is asked for.
    pub fn begin_quitting(&self) -> bool {
        !self.0.quitting.swap(true, Ordering::Relaxed)
    }

    /// Everything is deleted; nothing of the window's is to stay either.
    pub fn begin_leaving(&self) {
        self.0.leaving.store(true, Ordering::Relaxed);
    }

    pub fn is_leaving(&self) -> bool {
        self.0.leaving.load(Ordering::Relaxed)
    }

    /// Whether it is still to be said that Evergrant goes on unseen: once, and only with no tray.
    pub fn begin_unseen(&self) -> bool {
        !self.known().tray && !self.0.unseen.swap(true, Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_and_a_refused_file_are_told_once() {
        let shell = Shell::new(true);
        shell.set(|known| known.route = Route::Connect);
        assert_eq!(shell.open_page().route, Route::Connect);
        assert_eq!(shell.tell().route, Route::Home);
        shell.lead_to("alice");
        let told = shell.tell();
        assert_eq!(
            (told.route, told.account.as_deref()),
            (Route::Account, Some("alice"))
        );
        assert_eq!((shell.tell().route, shell.tell().account), (Route::Home, None));
    }

    #[test]
    fn what_a_person_chose_goes_before_the_desktop_and_the_desktop_before_the_toolkit() {
        let mut known = Known::default();
        assert_eq!(known.theme(), None);
        known.toolkit = Some(Theme::Light);
        assert_eq!(known.theme(), Some(Theme::Light));
        known.desktop = Some(Theme::Dark);
        assert_eq!(known.theme(), Some(Theme::Dark));
        known.chosen = ThemeView::Light;
        assert_eq!(known.theme(), Some(Theme::Light));
        known.chosen = ThemeView::System;
        assert_eq!(known.theme(), Some(Theme::Dark), "and back");
    }

    #[test]
    fn what_did_not_change_is_not_told() {
        let shell = Shell::new(false);
        let mut follower = shell.follow();
        shell.set(|known| known.tray = false);
        assert!(!follower.has_changed().expect("the shell is there"));
        shell.set(|known| known.tray = true);
        assert!(follower.has_changed().expect("the shell is there"));
        follower.mark_unchanged();
    }

    #[test]
    fn quitting_begins_once() {
        let shell = Shell::new(false);
        assert!(shell.begin_quitting());
        assert!(!shell.begin_quitting());
    }

    #[test]
    fn going_on_unseen_is_said_once() {
        assert!(!Shell::new(true).begin_unseen());
        let shell = Shell::new(false);
        assert!(shell.begin_unseen());
        assert!(!shell.begin_unseen());
    }
}
