//! What happens to a window, told to whom it concerns.

use tauri::{AppHandle, CloseRequestApi, DragDropEvent, Manager, Runtime, Window, WindowEvent};

use super::{main, question};
use crate::background::{self, Background, Closing};
use crate::desk::Desk;
use crate::question::closed;
use crate::tasks::Tasks;
use crate::{dropped, notify, quit};

pub fn heard<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    match window.label() {
        main::LABEL => of_main(window.app_handle(), event),
        question::LABEL => of_question(window, event),
        _ => {}
    }
}

fn of_main<R: Runtime>(app: &AppHandle<R>, event: &WindowEvent) {
    let desk = app.state::<Desk>();
    match event {
        WindowEvent::CloseRequested { api, .. } => closing(app, &desk, api),
        WindowEvent::Destroyed => desk.shell.close_page(),
        WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) => {
            let import = dropped::import(desk.inner().clone(), paths.clone());
            app.state::<Tasks>().begin(import);
        }
        _ => {}
    }
}

fn closing<R: Runtime>(app: &AppHandle<R>, desk: &Desk, api: &CloseRequestApi) {
    let known = desk.shell.known();
    match background::closing(known.tray, known.background) {
        Closing::Leave if desk.shell.begin_unseen() => notify::background(desk.desktop.as_ref()),
        Closing::Leave => {}
        Closing::Ask => {
            api.prevent_close();
            desk.shell.set(|known| known.background = Background::Asking);
        }
        Closing::Quit => {
            api.prevent_close();
            quit::begin(app);
        }
    }
}

/// Closing is a no. The window is only hidden by it: it goes once nothing more is asked, and shows
/// the next question if there is one.
fn of_question<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    match event {
        WindowEvent::CloseRequested { api, .. } => {
            api.prevent_close();
            let _ = window.hide();
        }
        // Whoever took it away: where that was not the end of its question, it is a no as well.
        WindowEvent::Destroyed => {}
        _ => return,
    }
    let app = window.app_handle();
    if let Some(refusal) = closed(&app.state::<Desk>()) {
        app.state::<Tasks>().begin(refusal);
    }
}
