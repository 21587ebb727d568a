//! The icon in the tray and its menu.

mod entry;
mod icon;
mod menu;
mod model;

use tauri::menu::MenuEvent;
use tauri::tray::TrayIconBuilder;
use tauri::{AppHandle, Manager, Runtime};

use evergrant_agent::interface::{ProgramRequest, Request};

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

/// Shows everything as it is now.
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
        entry::QUIT => quit::begin(app),
        entry::QUESTION => app.state::<Desk>().asking.call(),
        entry::TEST_ALL => ask(app, Request::TestAll),
        entry::PAUSE => ask(app, Request::Programs(ProgramRequest::Pause(true))),
        entry::RESUME => ask(app, Request::Programs(ProgramRequest::Pause(false))),
        entry::CONNECT => open(app, Route::Connect),
        entry::PROGRAMS => open(app, Route::Programs),
        other => {
            // Open, or an account: the window shows it.
            if let Some(account) = other.strip_prefix("account:") {
                app.state::<Desk>().shell.lead_to(account);
            }
            window::main::bring_forward(app);
        }
    }
}

fn open<R: Runtime>(app: &AppHandle<R>, route: Route) {
    app.state::<Desk>().shell.set(|known| known.route = route);
    window::main::bring_forward(app);
}

fn ask<R: Runtime>(app: &AppHandle<R>, request: Request) {
    let desk = app.state::<Desk>().inner().clone();
    app.state::<Tasks>().begin(async move {
        if let Err(fault) = desk.ask(request).await {
            tracing::warn!(code = fault.code, "what the tray asked for is not done");
        }
    });
}
