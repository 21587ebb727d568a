use evergrant_agent::interface::{ClientView, FaultView};
use evergrant_agent::walk::{HelpPage, Walk};

use crate::desk::Desk;

/// Opens one of the pages that are known by name, for the project of this client. No address ever comes from the
/// web view.
#[tauri::command]
#[specta::specta]
pub async fn open_page(desk: Desk, page: HelpPage, client: Option<String>) -> Result<(), FaultView> {
    let address = match client_id(&desk, client).await {
        Some(id) => desk.walk.address_for(page, &id),
        None => desk.walk.address(page).to_owned(),
    };
    desk.desktop.open(&address)
}

/// The name at the provider of a client that is known here by this one.
async fn client_id(desk: &Desk, client: Option<String>) -> Option<String> {
    let client = client?;
    let imported = desk.agent.snapshot().await.providers.into_iter();
    let mut clients = imported.flat_map(|provider| match provider.client {
        ClientView::Imported { clients } => clients,
        ClientView::BuiltIn | ClientView::Missing => Vec::new(),
    });
    let found = clients.find(|known| known.id == client);
    found.map(|known| known.client_id)
}

/// The way to a Google client of one's own.
#[tauri::command]
#[specta::specta]
pub async fn walk(desk: Desk) -> Walk {
    Walk::clone(&desk.walk)
}
