//! The person's own browser, started by argument list and never through a shell.

mod choice;
#[cfg(target_os = "linux")]
pub mod installed;
#[cfg(target_os = "linux")]
mod start;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use evergrant_domain::{Code, Fault};
use evergrant_engine::ports::Browser;
use url::Url;

pub use choice::{BrowserChoice, Named};

/// How long a starter may take to say that it failed; one still at work by then has taken over.
const STARTER_FAILS_WITHIN: Duration = Duration::from_millis(1_500);

/// Opens links in the browser that was named last; where none is, the way the desktop does (`xdg-open` and its kin,
/// `open`, the Windows shell). Cheap to clone: all clones are one.
#[derive(Clone, Debug, Default)]
pub struct PersonsBrowser(Arc<Mutex<Option<Named>>>);

impl PersonsBrowser {
    /// From now on; `None` is the system's.
    pub fn name(&self, browser: Option<Named>) {
        *self.lock() = browser;
    }

    pub fn named(&self) -> Option<Named> {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Option<Named>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Browser for PersonsBrowser {
    fn open(&self, link: &str) -> Result<(), Fault> {
        let link = web_link(link)?;
        let opened = match self.named() {
            None => open::that_detached_with_timeout(link.as_str(), STARTER_FAILS_WITHIN),
            Some(named) => open_in(&named, &link),
        };
        opened.map_err(|error| Fault::with_detail(Code::BrowserUnavailable, &in_short(&error)))
    }
}

/// Never another one instead: it may be signed in to another account.
#[cfg(target_os = "linux")]
fn open_in(named: &Named, link: &Url) -> std::io::Result<()> {
    let here = installed::Here::of_this_person().ok_or(std::io::ErrorKind::NotFound)?;
    let words = installed::command(&here, named, link).ok_or(std::io::ErrorKind::NotFound)?;
    start::detached(&words, STARTER_FAILS_WITHIN)
}

/// Elsewhere none can be named.
#[cfg(not(target_os = "linux"))]
fn open_in(_: &Named, _: &Url) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

/// Only web links: anything else could start a program.
fn web_link(text: &str) -> Result<Url, Fault> {
    Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))
        .ok_or_else(|| Fault::with_detail(Code::BrowserUnavailable, "not a web link"))
}

/// The kind alone: the full error repeats the command, and with it the link and its `state`.
fn in_short(error: &std::io::Error) -> String {
    error.kind().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_links_are_opened() {
        assert!(web_link("https://accounts.example/o/oauth2/auth?state=s").is_ok());
        assert!(web_link("http://127.0.0.1:4600/auth").is_ok());
        let refused = [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "--help",
            "/usr/bin/true",
            "mailto:a@example.com",
            "",
        ];
        let named = PersonsBrowser::default();
        named.name(Some(Named::new("firefox.desktop", None, "Firefox")));
        for text in refused {
            for browser in [&PersonsBrowser::default(), &named] {
                let fault = browser.open(text).expect_err(text);
                assert_eq!(fault.code, Code::BrowserUnavailable, "{text}");
            }
        }
    }

    #[test]
    fn a_browser_that_is_not_there_is_not_replaced_by_another() {
        let browser = PersonsBrowser::default();
        browser.name(Some(Named::new("nowhere-installed.desktop", None, "Nowhere")));
        let fault = browser.open("https://a.example/?state=canary").expect_err("gone");
        assert_eq!(fault.code, Code::BrowserUnavailable);
        assert!(!format!("{fault:?}").contains("canary"));
    }

    #[test]
    fn a_fault_never_repeats_the_link() {
        let error = std::io::Error::new(
            std::io::ErrorKind::NotFound,
            "Launcher xdg-open https://a.example/?state=canary failed",
        );
        assert!(!in_short(&error).contains("canary"));
    }
}
