use tauri::image::Image;

use super::TrayModel;

/// What needs the person comes before everything.
pub fn of(model: &TrayModel) -> Image<'static> {
    if model.need.is_some() {
        tauri::include_image!("icons/tray-attention.png")
    } else if model.practice {
        tauri::include_image!("icons/tray-practice.png")
    } else {
        tauri::include_image!("icons/tray.png")
    }
}
