use evergrant_agent::interface::FaultView;
use evergrant_agent::walk::{HelpPage, Walk};

use crate::desk::Desk;

/// Opens one of the pages that are known by name. No address ever comes from the web view.
#[tauri::command]
#[specta::specta]
pub async fn open_page(desk: Desk, page: HelpPage) -> Result<(), FaultView> {
    desk.desktop.open(desk.walk.address(page))
}

/// The way to a Google client of one's own.
#[tauri::command]
#[specta::specta]
pub async fn walk(desk: Desk) -> Walk {
    Walk::clone(&desk.walk)
}
