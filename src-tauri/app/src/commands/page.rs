use evergrant_agent::interface::FaultView;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::desk::Desk;

/// The pages the window may open. A closed list, so that no address ever comes from the web view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum HelpPage {
    PermissionsAtGoogle,
    ConsoleProject,
    ConsoleApis,
    ConsoleConsent,
    ConsoleClients,
}

impl HelpPage {
    pub fn address(self) -> &'static str {
        match self {
            Self::PermissionsAtGoogle => "https://myaccount.google.com/connections",
            Self::ConsoleProject => "https://console.cloud.google.com/projectcreate",
            Self::ConsoleApis => "https://console.cloud.google.com/apis/library",
            Self::ConsoleConsent => "https://console.cloud.google.com/auth/overview",
            Self::ConsoleClients => "https://console.cloud.google.com/auth/clients",
        }
    }
}

#[tauri::command]
#[specta::specta]
pub async fn open_page(desk: Desk, page: HelpPage) -> Result<(), FaultView> {
    desk.desktop.open(page.address())
}
