//! Who draws our windows: the processor alone. Lists and buttons need no graphics card; to set one up takes longer than
//! all the rest of a window's first picture, and with some drivers the window stays blank for good
//! (`tauri-apps/tauri#9394`).

use gtk::glib;

/// What the web view asks before its first page; it takes no other word for it. A person may say 0.
const WITHOUT: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// Before anything else is begun: the environment belongs to all threads.
pub fn spare_graphics_card() {
    if let Err(error) = glib::setenv(WITHOUT, "1", false) {
        tracing::warn!(%error, "the windows are drawn by the graphics card");
    }
}
