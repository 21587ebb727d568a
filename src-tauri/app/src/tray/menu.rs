use evergrant_agent::messages::say;
use tauri::menu::{Menu, MenuBuilder, MenuItem};
use tauri::{AppHandle, Runtime};

use super::TrayModel;

pub const OPEN: &str = "open";
pub const CONNECT: &str = "connect";
pub const TEST_ALL: &str = "test-all";
pub const QUIT: &str = "quit";

pub fn build<R: Runtime>(app: &AppHandle<R>, model: &TrayModel) -> tauri::Result<Menu<R>> {
    let mut menu = MenuBuilder::new(app);
    if model.practice {
        menu = menu.item(&item(app, "practice", say("tray.practice", &[]), false)?);
    }
    if model.accounts.is_empty() {
        menu = menu.item(&item(app, "none", say("tray.none", &[]), false)?);
    }
    for line in &model.accounts {
        let id = format!("account:{}", line.account);
        menu = menu.item(&item(app, &id, plain(&line.words), true)?);
    }
    menu.separator()
        .item(&item(app, OPEN, say("tray.open", &[]), true)?)
        .item(&item(app, CONNECT, say("tray.connect", &[]), true)?)
        .item(&item(
            app,
            TEST_ALL,
            say("tray.test_all", &[]),
            !model.accounts.is_empty(),
        )?)
        .separator()
        .item(&item(app, QUIT, say("tray.quit", &[]), true)?)
        .build()
}

fn item<R: Runtime>(
    app: &AppHandle<R>,
    id: &str,
    words: String,
    enabled: bool,
) -> tauri::Result<MenuItem<R>> {
    MenuItem::with_id(app, id, words, enabled, None::<&str>)
}

/// An ampersand would mark a key to press.
fn plain(words: &str) -> String {
    words.replace('&', "&&")
}
