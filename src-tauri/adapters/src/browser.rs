//! The person's own browser, started by argument list and never through a shell.

use std::time::Duration;

use evergrant_domain::{Code, Fault};
use evergrant_engine::ports::Browser;
use url::Url;

/// Opens links the way the desktop does (`xdg-open` and its kin, `open`, the Windows shell).
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemBrowser;

/// How long a starter may take to say that it failed; one still at work by then has taken over.
const STARTER_FAILS_WITHIN: Duration = Duration::from_millis(1_500);

impl Browser for SystemBrowser {
    fn open(&self, link: &str) -> Result<(), Fault> {
        let link = web_link(link)?;
        open::that_detached_with_timeout(link.as_str(), STARTER_FAILS_WITHIN)
            .map_err(|error| Fault::with_detail(Code::BrowserUnavailable, &in_short(&error)))
    }
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
        for text in refused {
            let fault = SystemBrowser.open(text).expect_err(text);
            assert_eq!(fault.code, Code::BrowserUnavailable, "{text}");
        }
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
