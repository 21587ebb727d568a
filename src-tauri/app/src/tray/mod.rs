//! The icon in the tray and its menu.

mod icon;
mod menu;
mod model;

use tauri::menu::MenuEvent;
use tauri::tray::TrayIconBuilder;
use tauri::{AppHandle, Manager, Runtime};

use evergrant_agent::interface::Request;

pub use model::TrayModel;

use crate::desk::Desk;
use crate::shell::Route;
use crate::tasks::Tasks;
use crate::{quit, window};

const ID: &str = "evergrant";

/// Puts the icon there, with a menu that knows of no account yet.
pub fn put<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    let model = TrayModel::default();
    TrayIconBuilder::with_id(ID)
        .icon(icon::of(&model))
        .tooltip(model.words())
        .menu(&menu::build(app, &model)?)
        .show_menu_on_left_click(true)
        .on_menu_event(|app, event| chosen(app, &event))
        .build(app)?;
    tracing::info!("tray ready");
    Ok(())
}

/// Shows the accounts as they are now.
pub fn show<R: Runtime>(app: &AppHandle<R>, model: TrayModel) {
    let redrawn = app.clone();
    let outcome = app.run_on_main_thread(move || {
        if let Err(error) = redraw(&redrawn, &model) {
            tracing::warn!(%error, "the tray shows something old");
        }
    });
    if let Err(error) = outcome {
        tracing::warn!(%error, "the tray shows something old");
    }
}

fn redraw<R: Runtime>(app: &AppHandle<R>, model: &TrayModel) -> tauri::Result<()> {
    let Some(tray) = app.tray_by_id(ID) else {
        return Ok(());
    };
    tray.set_menu(Some(menu::build(app, model)?))?;
    tray.set_icon(Some(icon::of(model)))?;
    tray.set_tooltip(Some(model.words()))
}

fn chosen<R: Runtime>(app: &AppHandle<R>, event: &MenuEvent) {
    match event.id().as_ref() {
        menu::QUIT => quit::begin(app),
        menu::TEST_ALL => test_all(app),
        menu::CONNECT => {
            app.state::<Desk>()
                .shell
                .set(|known| known.route = Route::Connect);
            window::bring_forward(app);
        }
        // Open, or an account: the window shows it.
        _ => window::bring_forward(app),
    }
}

fn test_all<R: Runtime>(app: &AppHandle<R>) {
    let desk = app.state::<Desk>().inner().clone();
    app.state::<Tasks>().begin(async move {
        if let Err(fault) = desk.ask(Request::TestAll).await {
            tracing::warn!(code = fault.code, "the accounts are not tested");
        }
    });
}
