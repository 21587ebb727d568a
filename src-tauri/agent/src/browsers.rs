//! The browsers that are installed here, and the choice of one of them.

use evergrant_adapters::browser::{BrowserChoice, Named};
use evergrant_domain::{Code, Fault};

use crate::interface::{
    BrowserChoiceView, BrowserPick, BrowserProfileView, BrowserView, BrowserWish, NamedBrowserView,
};

/// The browsers that can be chosen.
pub async fn installed() -> Vec<BrowserView> {
    apart(views).await.unwrap_or_default()
}

#[cfg(target_os = "linux")]
fn views() -> Vec<BrowserView> {
    use evergrant_adapters::browser::installed::{Here, Installed, all};

    let view = |browser: Installed| BrowserView {
        id: browser.id,
        name: browser.name,
        profiles: browser
            .profiles
            .into_iter()
            .map(|profile| BrowserProfileView {
                id: profile.id,
                name: profile.name,
            })
            .collect(),
    };
    let here = Here::of_this_person();
    here.map_or_else(Vec::new, |here| all(&here).into_iter().map(view).collect())
}

#[cfg(not(target_os = "linux"))]
fn views() -> Vec<BrowserView> {
    Vec::new()
}

#[cfg(target_os = "linux")]
fn named(id: &str, profile: Option<&str>) -> Option<Named> {
    use evergrant_adapters::browser::installed::{Here, find};

    find(&Here::of_this_person()?, id)?.named(profile)
}

#[cfg(not(target_os = "linux"))]
fn named(_: &str, _: Option<&str>) -> Option<Named> {
    None
}

pub fn is_here(browser: &Named) -> bool {
    named(&browser.id, browser.profile.as_deref()).is_some()
}

/// What a person wishes, where it is there to choose. Reads files.
///
/// # Errors
/// `RequestRefused` where there is no such browser.
pub fn chosen(wish: &BrowserWish) -> Result<BrowserChoice, Fault> {
    Ok(match wish {
        BrowserWish::System => BrowserChoice::System,
        BrowserWish::Copy => BrowserChoice::Copy,
        BrowserWish::Own(pick) => BrowserChoice::Own(picked(pick)?),
    })
}

/// The same where nobody waits for the files.
///
/// # Errors
/// As `chosen`.
pub async fn picked_apart(pick: BrowserPick) -> Result<Named, Fault> {
    let picked = apart(move || picked(&pick)).await;
    picked.unwrap_or_else(|| Err(Code::RequestRefused.into()))
}

fn picked(BrowserPick { browser, profile }: &BrowserPick) -> Result<Named, Fault> {
    named(browser, profile.as_deref()).ok_or_else(|| Fault::with_detail(Code::RequestRefused, browser))
}

pub fn view(choice: &BrowserChoice) -> BrowserChoiceView {
    match choice {
        BrowserChoice::System => BrowserChoiceView::System,
        BrowserChoice::Copy => BrowserChoiceView::Copy,
        BrowserChoice::Own(named) => BrowserChoiceView::Own(named_view(named)),
    }
}

pub fn named_view(Named { id, profile, label }: &Named) -> NamedBrowserView {
    NamedBrowserView {
        browser: id.clone(),
        profile: profile.clone(),
        label: label.clone(),
    }
}

/// Reads files where nobody waits for it.
pub async fn apart<T: Send + 'static>(reading: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::task::spawn_blocking(reading).await.ok()
}
