use tauri::menu::{Menu, MenuBuilder, MenuItem};
use tauri::{AppHandle, Runtime};

use super::TrayModel;
use super::entry::{self, Entry};

pub fn build<R: Runtime>(app: &AppHandle<R>, model: &TrayModel) -> tauri::Result<Menu<R>> {
    let mut menu = MenuBuilder::new(app);
    for entry in entry::all(model) {
        menu = match entry {
            Entry::Line => menu.separator(),
            Entry::Item { id, words, enabled } => {
                menu.item(&MenuItem::with_id(app, id, words, enabled, None::<&str>)?)
            }
        };
    }
    menu.build()
}
