use evergrant_agent::interface::{ClientView, FaultView};
use evergrant_agent::walk::{HelpPage, Walk};

use crate::desk::Desk;

/// Opens one of the pages that are known by name, for the project of this client. No address ever comes from the
/// web view.
#[tauri::command]
#[specta::specta]
pub async fn open_page(desk: Desk, page: HelpPage, client: Option<String>) -> Result<(), FaultView> {
    let address = match project_of(&desk, client).await {
        Some(number) => desk.walk.address_in(page, &number),
        None => desk.walk.address(page).to_owned(),
    };
    desk.desktop.open(&address)
}

/// The number of the project that this client belongs to, as far as it is known.
async fn project_of(desk: &Desk, client: Option<String>) -> Option<String> {
    let client = client?;
    let imported = desk.agent.snapshot().await.providers.into_iter();
    let mut clients = imported.flat_map(|provider| match provider.client {
        ClientView::Imported { clients } => clients,
        ClientView::BuiltIn | ClientView::Missing => Vec::new(),
    });
    clients.find(|known| known.id == client)?.project_number
}

/// The way to a Google client of one's own.
#[tauri::command]
#[specta::specta]
pub async fn walk(desk: Desk) -> Walk {
    Walk::clone(&desk.walk)
}
