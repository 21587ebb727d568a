//! Which browser shows a sign-in page: the one in which its account was connected, else the one that was chosen in the
//! settings, else the system's.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use evergrant_adapters::browser::{BrowserChoice, Named, PersonsBrowser};
use evergrant_domain::{AccountId, Fault};
use evergrant_engine::event::Showing;
use evergrant_engine::ports::Ledger;

use crate::browsers::{apart, is_here};

/// The browser of a profile's attempts. There is one attempt at a time; a newer one takes the place of an older one.
pub struct Browsing {
    browser: PersonsBrowser,
    ledger: Arc<dyn Ledger>,
    way: Mutex<Way>,
    is_here: fn(&Named) -> bool,
}

/// What is kept where a person said that an account has no browser of its own.
const AS_ALL: &str = "settings";

/// How the page of the attempt comes before the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// A browser is opened.
    Opened,
    /// The person takes the link to a browser themselves.
    Copied,
    /// The link is shown elsewhere, such as on a terminal.
    Elsewhere,
}

impl Browsing {
    pub fn new(ledger: Arc<dyn Ledger>) -> Self {
        Self {
            browser: PersonsBrowser::default(),
            ledger,
            way: Mutex::new(Way::Opened),
            is_here,
        }
    }

    /// What opens the links.
    pub fn browser(&self) -> PersonsBrowser {
        self.browser.clone()
    }

    /// Before an attempt. `account` is the one that is connected anew.
    pub async fn begin(&self, account: Option<&AccountId>, chosen: BrowserChoice) -> Showing {
        let remembered = match account {
            Some(account) => self.remembered(account).await,
            None => None,
        };
        let choice = remembered.map_or(chosen, BrowserChoice::Own);
        let (way, showing) = match choice {
            BrowserChoice::Copy => (Way::Copied, Showing::Link),
            BrowserChoice::System | BrowserChoice::Own(_) => (Way::Opened, Showing::Browser),
        };
        *self.way() = way;
        self.browser.name(match choice {
            BrowserChoice::Own(named) => Some(named),
            BrowserChoice::System | BrowserChoice::Copy => None,
        });
        showing
    }

    /// Before an attempt whose link is shown elsewhere.
    pub fn begin_elsewhere(&self) -> Showing {
        *self.way() = Way::Elsewhere;
        self.browser.name(None);
        Showing::Link
    }

    /// Whether the link is to be copied, since no browser is opened.
    pub fn copies(&self) -> bool {
        *self.way() == Way::Copied
    }

    /// An attempt ended in this account: the next one for it is shown in the same browser. Where a link was taken to,
    /// nobody knows, and where a person said that the account has none of its own, it gets none.
    pub async fn remember(&self, account: &AccountId) {
        let opened = *self.way() == Way::Opened;
        let kept = self.kept(account).await;
        if opened && kept.is_ok_and(|kept| kept.as_deref() != Some(AS_ALL)) {
            self.write_if_it_goes(account, self.browser.named()).await;
        }
    }

    /// The account is gone.
    pub async fn forget(&self, account: &AccountId) {
        self.write_if_it_goes(account, None).await;
    }

    /// The account's own browser, also one that is not here any more; `None`: as any other account.
    ///
    /// # Errors
    /// As the ledger.
    pub async fn of(&self, account: &AccountId) -> Result<Option<Named>, Fault> {
        let text = self.kept(account).await?;
        Ok(match BrowserChoice::of_text(text.as_deref()) {
            BrowserChoice::Own(named) => Some(named),
            BrowserChoice::System | BrowserChoice::Copy => None,
        })
    }

    /// A person says in which browser the account is connected again; `None`: in the one for all.
    ///
    /// # Errors
    /// As the ledger.
    pub async fn keep(&self, account: &AccountId, browser: Option<Named>) -> Result<(), Fault> {
        let text = text(browser);
        self.write(account, text.as_deref().unwrap_or(AS_ALL)).await
    }

    fn way(&self) -> MutexGuard<'_, Way> {
        self.way.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// `None` also where that browser, or its profile, is gone: then the account is as any other.
    async fn remembered(&self, account: &AccountId) -> Option<Named> {
        let named = self.of(account).await.ok().flatten()?;
        let is_here = self.is_here;
        apart(move || is_here(&named).then_some(named)).await.flatten()
    }

    async fn kept(&self, account: &AccountId) -> Result<Option<String>, Fault> {
        self.ledger.setting(&setting(account)).await
    }

    async fn write(&self, account: &AccountId, text: &str) -> Result<(), Fault> {
        if self.kept(account).await?.unwrap_or_default() == text {
            return Ok(());
        }
        self.ledger.set_setting(&setting(account), text).await
    }

    async fn write_if_it_goes(&self, account: &AccountId, browser: Option<Named>) {
        let written = self.write(account, &text(browser).unwrap_or_default()).await;
        if let Err(fault) = written {
            tracing::warn!(
                code = fault.code.as_str(),
                "the browser of an account is not remembered"
            );
        }
    }
}

/// As it is kept.
fn text(browser: Option<Named>) -> Option<String> {
    browser.and_then(|browser| BrowserChoice::Own(browser).text())
}

/// The name under which the browser of an account is remembered.
fn setting(account: &AccountId) -> String {
    format!("browser_of:{}", account.as_str())
}

#[cfg(test)]
mod tests {
    use evergrant_engine::account_id;
    use evergrant_engine::fakes::MemoryLedger;

    use super::*;

    fn work() -> Named {
        Named::new("firefox.desktop", Some("work"), "Firefox – Work")
    }

    fn browsing(ledger: &Arc<MemoryLedger>) -> Browsing {
        Browsing {
            is_here: |named| named.id == "firefox.desktop",
            ..Browsing::new(Arc::<MemoryLedger>::clone(ledger))
        }
    }

    /// Of so many equal digits.
    fn id(digit: &str) -> AccountId {
        account_id(&digit.repeat(32)).expect("an id")
    }

    #[tokio::test]
    async fn an_account_is_shown_where_it_was_connected_and_others_as_chosen() {
        let ledger = Arc::new(MemoryLedger::default());
        let first = browsing(&ledger);
        assert_eq!(
            first.begin(None, BrowserChoice::Own(work())).await,
            Showing::Browser
        );
        first.remember(&id("a")).await;

        // After another start, and with another choice.
        let later = browsing(&ledger);
        for chosen in [BrowserChoice::System, BrowserChoice::Copy] {
            assert_eq!(later.begin(Some(&id("a")), chosen).await, Showing::Browser);
            assert_eq!(later.browser().named(), Some(work()));
            assert!(!later.copies());
        }
        assert_eq!(
            later.begin(Some(&id("b")), BrowserChoice::Copy).await,
            Showing::Link
        );
        assert_eq!(
            later.browser().named(),
            None,
            "asked to open it all the same, the system does"
        );
        assert!(later.copies());
        assert_eq!(later.begin(None, BrowserChoice::System).await, Showing::Browser);
        assert!(!later.copies());
    }

    #[tokio::test]
    async fn a_browser_that_is_gone_is_no_way_to_sign_in() {
        let ledger = Arc::new(MemoryLedger::default());
        let gone = Named::new("gone.desktop", None, "Gone");
        let browsing = browsing(&ledger);
        browsing.begin(None, BrowserChoice::Own(gone.clone())).await;
        browsing.remember(&id("a")).await;
        browsing.begin(Some(&id("a")), BrowserChoice::System).await;
        assert_eq!(browsing.browser().named(), None, "as any other account");
        browsing
            .begin(Some(&id("a")), BrowserChoice::Own(gone.clone()))
            .await;
        assert_eq!(
            browsing.browser().named(),
            Some(gone),
            "a choice is never replaced unsaid"
        );
    }

    #[tokio::test]
    async fn a_person_says_otherwise_and_is_told_also_what_is_gone() {
        let ledger = Arc::new(MemoryLedger::default());
        let browsing = browsing(&ledger);
        let alice = id("a");
        assert_eq!(browsing.of(&alice).await.expect("asked"), None);
        browsing.keep(&alice, Some(work())).await.expect("kept");
        assert_eq!(browsing.of(&alice).await.expect("asked"), Some(work()));
        browsing.begin(Some(&alice), BrowserChoice::Copy).await;
        assert_eq!(browsing.browser().named(), Some(work()));

        let gone = Named::new("gone.desktop", None, "Gone");
        browsing.keep(&alice, Some(gone.clone())).await.expect("kept");
        assert_eq!(browsing.of(&alice).await.expect("asked"), Some(gone));

        browsing.keep(&alice, None).await.expect("kept");
        assert_eq!(
            browsing.begin(Some(&alice), BrowserChoice::Copy).await,
            Showing::Link
        );
        browsing.begin(Some(&alice), BrowserChoice::Own(work())).await;
        browsing.remember(&alice).await;
        assert_eq!(
            browsing.of(&alice).await.expect("asked"),
            None,
            "it stays as the person said"
        );
    }

    #[tokio::test]
    async fn what_is_remembered_goes_with_the_account_and_not_with_a_link_that_was_taken_elsewhere() {
        let ledger = Arc::new(MemoryLedger::default());
        let browsing = browsing(&ledger);
        let alice = id("a");
        let name = setting(&alice);
        let kept = || ledger.setting(&name);
        browsing.begin(None, BrowserChoice::Own(work())).await;
        browsing.remember(&alice).await;
        assert!(kept().await.expect("asked").is_some());
        browsing.forget(&alice).await;
        assert_eq!(kept().await.expect("asked"), None);
        browsing.remember(&alice).await;
        assert_eq!(browsing.begin_elsewhere(), Showing::Link);
        browsing.remember(&alice).await;
        assert_eq!(browsing.of(&alice).await.expect("asked"), Some(work()));
        browsing.begin(None, BrowserChoice::Copy).await;
        browsing.remember(&alice).await;
        assert_eq!(browsing.of(&alice).await.expect("asked"), Some(work()));
        browsing.begin(None, BrowserChoice::System).await;
        browsing.remember(&alice).await;
        assert_eq!(browsing.of(&alice).await.expect("asked"), None);
    }
}
