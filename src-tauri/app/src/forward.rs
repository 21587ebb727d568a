//! Carries what changes to the window, the tray and the notifications.

use std::time::{Duration, SystemTime};

use evergrant_agent::interface::{Change, ChangeKind};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::{AppHandle, Runtime};
use tauri_specta::Event;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::{Instant, interval, sleep_until};

use crate::desk::Desk;
use crate::desktop::About;
use crate::gist::Gist;
use crate::leaving;
use crate::notices::Notices;
use crate::tray::{self, TrayModel};

/// A flood of changes redraws the tray once.
const SETTLE: Duration = Duration::from_millis(100);

/// What lies ahead comes nearer although nothing changes; days are told, so an hour late is in time.
const HOUR: Duration = Duration::from_secs(60 * 60);

/// A change, as the event that the window hears.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
#[tauri_specta(event_name = "change")]
pub struct Changed(pub Change);

pub async fn run<R: Runtime>(app: AppHandle<R>, desk: Desk, mut pressed: UnboundedReceiver<About>) {
    // Followed first, so that nothing falls between the snapshot and the changes.
    let mut changes = desk.agent.changes();
    let mut known = desk.shell.follow();
    let mut gist = Gist::from(desk.agent.snapshot().await);
    let mut notices = Notices::new(&desk);
    notices.know(&gist);
    wear(&desk, &gist);
    notices.ask(&gist);
    let mut shown = None;
    let mut worn = None;
    let mut redraw = Some(Instant::now());
    let mut hour = interval(HOUR);

    loop {
        if gist.deleted {
            leaving::carry_out(&desk);
        }
        tokio::select! {
            change = changes.recv() => {
                let change = match change {
                    Ok(change) => change,
                    Err(RecvError::Lagged(_)) => everything(&desk).await,
                    Err(RecvError::Closed) => return,
                };
                if !gist.apply(&change) {
                    gist = desk.agent.snapshot().await.into();
                    // What needed the person before it was read is in the tray; it is no news.
                    notices.know(&gist);
                }
                emit(&app, &Changed(change));
                wear(&desk, &gist);
                notices.ask(&gist);
                notices.look_soon();
                redraw.get_or_insert_with(|| Instant::now() + SETTLE);
            }
            _ = hour.tick() => {
                notices.look_soon();
                redraw.get_or_insert_with(|| Instant::now() + SETTLE);
            }
            () = notices.time_to_look() => notices.look(&gist).await,
            Some(about) = pressed.recv() => notices.press(about),
            Ok(()) = known.changed() => {
                let now = known.borrow_and_update().clone();
                if worn != now.theme() {
                    worn = now.theme();
                    app.set_theme(worn);
                }
                if now.page_listens {
                    emit(&app, &desk.shell.tell());
                }
            }
            () = sleep_until(redraw.unwrap_or_else(Instant::now)), if redraw.is_some() => {
                redraw = None;
                let model = TrayModel::of(&gist, now());
                if shown.as_ref() != Some(&model) {
                    shown = Some(model.clone());
                    tray::show(&app, model);
                }
            }
        }
    }
}

/// Light or dark, as a person chose; every window follows.
fn wear(desk: &Desk, gist: &Gist) {
    desk.shell.set(|known| known.chosen = gist.theme);
}

/// Unix seconds; a clock before 1970 is at its beginning.
pub fn now() -> u32 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| u32::try_from(since.as_secs()).unwrap_or(u32::MAX))
}

/// Too much was missed: the window is told to load everything, up to the newest revision.
async fn everything(desk: &Desk) -> Change {
    Change {
        revision: desk.agent.snapshot().await.revision,
        what: ChangeKind::Profile,
    }
}

fn emit<R: Runtime, E: Event + Serialize + Clone>(app: &AppHandle<R>, event: &E) {
    if let Err(error) = event.emit(app) {
        tracing::warn!(%error, event = E::NAME, "the window was not told");
    }
}
