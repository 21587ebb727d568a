use tauri::Runtime;
use tauri::plugin::TauriPlugin;
use tauri_plugin_window_state::{Builder, StateFlags};

use super::question;

/// Size and place of the main window, as the person left them. A question comes to the middle each time.
pub fn remembered<R: Runtime>() -> TauriPlugin<R> {
    // Not whether it was visible: it opens only to be seen.
    let flags = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED | StateFlags::FULLSCREEN;
    Builder::new()
        .with_state_flags(flags)
        .with_denylist(&[question::LABEL])
        .build()
}
