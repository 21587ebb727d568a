//! What a person chose, for both profiles: read once at the start, kept whenever it is chosen anew.

use std::sync::{Mutex, MutexGuard, PoisonError};

use evergrant_adapters::browser::BrowserChoice;
use evergrant_adapters::choices::{Choice, Choices};
use evergrant_adapters::config::{VaultChoice, VaultKind};
use evergrant_adapters::disk::disk_fault;
use evergrant_adapters::places::{Places, Profile};
use evergrant_adapters::proxy::{ChosenProxy, ProxyAddress, ProxyChoice, Unfit};
use evergrant_domain::{Code, Fault};

use crate::browsers;
use crate::interface::{ProxyUnfit, ProxyView, SettingsView, ThemeView, VaultView, Wish};

pub struct Settings {
    /// `None` where there is no home: then nothing can be kept.
    choices: Option<Choices>,
    chosen: Mutex<Chosen>,
    /// What all that call go by.
    proxy: ChosenProxy,
    vault: VaultView,
}

#[derive(Default)]
struct Chosen {
    theme: ThemeView,
    browser: BrowserChoice,
}

impl Settings {
    pub fn of_this_person() -> Self {
        Self {
            vault: vault(),
            ..Self::read(Choices::of_this_person())
        }
    }

    pub(crate) fn read(choices: Option<Choices>) -> Self {
        let text = |choice| text(choices.as_ref(), choice);
        let chosen = Chosen {
            theme: theme(text(Choice::Theme).as_deref()),
            browser: BrowserChoice::of_text(text(Choice::Browser).as_deref()),
        };
        Self {
            proxy: ChosenProxy::new(proxy(choices.as_ref())),
            chosen: Mutex::new(chosen),
            choices,
            vault: VaultView::default(),
        }
    }

    pub fn view(&self) -> SettingsView {
        let chosen = self.lock();
        SettingsView {
            theme: chosen.theme,
            browser: browsers::view(&chosen.browser),
            proxy: proxy_view(&self.proxy.get()),
            vault: self.vault,
        }
    }

    /// Where sign-in pages are shown, unless an account has a browser of its own.
    pub fn browser(&self) -> BrowserChoice {
        self.lock().browser.clone()
    }

    /// Through which proxy other computers are called, now and whenever it is chosen anew.
    pub fn proxy(&self) -> ChosenProxy {
        self.proxy.clone()
    }

    /// The same for a command that is to open a browser.
    pub fn browser_to_open(&self) -> BrowserChoice {
        match self.browser() {
            BrowserChoice::Copy => BrowserChoice::System,
            choice => choice,
        }
    }

    /// From now on, and at the next start. Reads and writes files.
    ///
    /// # Errors
    /// `RequestRefused` where there is no such thing to choose, `DiskFull` and `LedgerFailed` where the choice cannot be
    /// kept: then nothing is changed.
    pub fn choose(&self, wish: Wish) -> Result<(), Fault> {
        match wish {
            Wish::Theme(theme) => {
                self.keep(Choice::Theme, word(theme))?;
                self.lock().theme = theme;
            }
            Wish::Browser(wish) => {
                let browser = browsers::chosen(&wish)?;
                self.keep(Choice::Browser, browser.text().as_deref())?;
                self.lock().browser = browser;
            }
        }
        Ok(())
    }

    /// Holds from the next call on; what is no proxy changes nothing.
    ///
    /// # Errors
    /// As `choose`.
    pub fn choose_proxy(&self, wish: &ProxyView) -> Result<Option<ProxyUnfit>, Fault> {
        let choice = match wish {
            ProxyView::System => ProxyChoice::System,
            ProxyView::Direct => ProxyChoice::Direct,
            ProxyView::Own { address } => match ProxyAddress::parse(address) {
                Ok(address) => ProxyChoice::Own(address),
                Err(why) => return Ok(Some(unfit(why))),
            },
        };
        self.keep(Choice::Proxy, choice.text())?;
        self.proxy.set(choice);
        Ok(None)
    }

    fn keep(&self, choice: Choice, text: Option<&str>) -> Result<(), Fault> {
        let choices = self.choices.as_ref().ok_or(Code::LedgerFailed)?;
        choices.keep(choice, text).map_err(|error| disk_fault(&error))
    }

    fn lock(&self) -> MutexGuard<'_, Chosen> {
        self.chosen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A choice that cannot be read is as good as none.
fn text(choices: Option<&Choices>, choice: Choice) -> Option<String> {
    let read = choices?.read(choice);
    read.unwrap_or_else(|error| {
        tracing::warn!(kind = %error.kind(), ?choice, "a choice cannot be read");
        None
    })
}

/// A choice that cannot be read is not no choice: it could have been to call nobody directly.
fn proxy(choices: Option<&Choices>) -> ProxyChoice {
    match choices.map(|choices| choices.read(Choice::Proxy)) {
        None => ProxyChoice::System,
        Some(Ok(text)) => ProxyChoice::of_text(text.as_deref()),
        Some(Err(error)) => {
            tracing::warn!(kind = %error.kind(), "the chosen proxy cannot be read");
            ProxyChoice::Unreadable
        }
    }
}

fn proxy_view(choice: &ProxyChoice) -> ProxyView {
    match choice {
        ProxyChoice::System => ProxyView::System,
        ProxyChoice::Direct => ProxyView::Direct,
        ProxyChoice::Own(address) => ProxyView::Own {
            address: address.to_string(),
        },
        ProxyChoice::Unreadable => ProxyView::Own {
            address: String::new(),
        },
    }
}

const fn unfit(why: Unfit) -> ProxyUnfit {
    match why {
        Unfit::NotAnAddress => ProxyUnfit::NotAnAddress,
        Unfit::OtherKind => ProxyUnfit::OtherKind,
        Unfit::WithPassword => ProxyUnfit::WithPassword,
    }
}

/// Where connections are kept, as it was chosen before this start.
fn vault() -> VaultView {
    let places = Places::of_this_person(Profile::Personal);
    match places.map(|places| VaultChoice::load(&places.config_file())) {
        Some(Ok(choice)) => match choice.kind {
            VaultKind::System => VaultView::System,
            VaultKind::File => VaultView::File,
        },
        Some(Err(_)) | None => VaultView::Unclear,
    }
}

/// What is not known here, as of a newer Evergrant, is as good as no choice.
fn theme(text: Option<&str>) -> ThemeView {
    let known = [ThemeView::Light, ThemeView::Dark];
    let chosen = known.into_iter().find(|theme| word(*theme) == text);
    chosen.unwrap_or_default()
}

const fn word(theme: ThemeView) -> Option<&'static str> {
    match theme {
        ThemeView::System => None,
        ThemeView::Light => Some("light"),
        ThemeView::Dark => Some("dark"),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::interface::{BrowserChoiceView, BrowserPick, BrowserWish};

    fn home() -> (tempfile::TempDir, Choices) {
        let folder = tempfile::tempdir().expect("a folder");
        let choices = Choices::below(folder.path());
        (folder, choices)
    }

    #[test]
    fn what_was_chosen_is_there_at_the_next_start() {
        let (_folder, choices) = home();
        let settings = Settings::read(Some(choices.clone()));
        for theme in [ThemeView::Dark, ThemeView::Light, ThemeView::System] {
            settings.choose(Wish::Theme(theme)).expect("kept");
            assert_eq!(settings.view().theme, theme);
            assert_eq!(Settings::read(Some(choices.clone())).view().theme, theme);
        }
        settings.choose(Wish::Browser(BrowserWish::Copy)).expect("kept");
        let again = Settings::read(Some(choices));
        assert_eq!(again.view().browser, BrowserChoiceView::Copy);
        assert_eq!(again.browser(), BrowserChoice::Copy);
    }

    #[test]
    fn what_cannot_be_kept_changes_nothing() {
        let (folder, choices) = home();
        fs::write(folder.path().join("evergrant"), "in the way").expect("written");
        for settings in [Settings::read(Some(choices)), Settings::read(None)] {
            for wish in [Wish::Theme(ThemeView::Dark), Wish::Browser(BrowserWish::Copy)] {
                let fault = settings.choose(wish).expect_err("nowhere to keep it");
                assert_eq!(fault.code, Code::LedgerFailed);
            }
            assert_eq!(settings.view().theme, ThemeView::System);
            assert_eq!(settings.view().browser, BrowserChoiceView::System);
        }
    }

    #[test]
    fn a_browser_that_is_not_installed_cannot_be_chosen() {
        let (_folder, choices) = home();
        let settings = Settings::read(Some(choices));
        let wish = BrowserWish::Own(BrowserPick {
            browser: "../../nowhere.desktop".to_owned(),
            profile: None,
        });
        let fault = settings.choose(Wish::Browser(wish)).expect_err("not there");
        assert_eq!(fault.code, Code::RequestRefused);
        assert_eq!(settings.browser(), BrowserChoice::System);
    }

    #[test]
    fn a_proxy_is_told_to_all_that_call_and_is_there_at_the_next_start() {
        let (_folder, choices) = home();
        let settings = Settings::read(Some(choices.clone()));
        let calls = settings.proxy();
        let own = ProxyView::Own {
            address: "proxy.example:3128".to_owned(),
        };
        assert_eq!(settings.choose_proxy(&own).expect("kept"), None);
        let meant = ProxyChoice::of_text(Some("http://proxy.example:3128"));
        assert_eq!(calls.get(), meant);
        assert_eq!(Settings::read(Some(choices)).proxy().get(), meant);
        for (wish, meant) in [
            (ProxyView::Direct, ProxyChoice::Direct),
            (ProxyView::System, ProxyChoice::System),
        ] {
            settings.choose_proxy(&wish).expect("kept");
            assert_eq!(calls.get(), meant);
        }
    }

    #[test]
    fn a_password_is_refused_and_written_nowhere() {
        let (folder, choices) = home();
        let settings = Settings::read(Some(choices));
        let with_password = ProxyView::Own {
            address: "http://alice:canary@proxy.example".to_owned(),
        };
        let answer = settings.choose_proxy(&with_password).expect("an answer");
        assert_eq!(answer, Some(ProxyUnfit::WithPassword));
        assert_eq!(settings.view().proxy, ProxyView::System);
        assert!(!folder.path().join("evergrant").exists());
    }

    #[test]
    fn a_damaged_choice_of_a_proxy_is_no_way_around_it() {
        let (folder, choices) = home();
        fs::create_dir_all(folder.path().join("evergrant")).expect("a folder");
        fs::write(folder.path().join("evergrant/proxy"), [0xff, 0xfe]).expect("written");
        let settings = Settings::read(Some(choices));
        assert_eq!(settings.proxy().get(), ProxyChoice::Unreadable);
        let address = String::new();
        assert_eq!(settings.view().proxy, ProxyView::Own { address });
    }

    #[test]
    fn a_word_that_is_not_known_is_no_choice() {
        for text in [None, Some("sepia"), Some("DARK")] {
            assert_eq!(theme(text), ThemeView::System, "{text:?}");
        }
    }
}
