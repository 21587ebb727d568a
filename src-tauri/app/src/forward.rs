//! Carries what changes to the window, the tray and the notifications.

use std::time::{Duration, SystemTime};

use evergrant_agent::interface::{Change, ChangeKind};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::{AppHandle, Runtime};
use tauri_specta::Event;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, interval, sleep_until};

use crate::attention::Told;
use crate::desk::Desk;
use crate::gist::Gist;
use crate::notify;
use crate::tray::{self, TrayModel};

/// A flood of changes redraws the tray once.
const SETTLE: Duration = Duration::from_millis(100);

/// What lies ahead comes nearer although nothing changes; days are told, so an hour late is in time.
const HOUR: Duration = Duration::from_secs(60 * 60);

/// A change, as the event that the window hears.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
#[tauri_specta(event_name = "change")]
pub struct Changed(pub Change);

pub async fn run<R: Runtime>(app: AppHandle<R>, desk: Desk) {
    // Followed first, so that nothing falls between the snapshot and the changes.
    let mut changes = desk.agent.changes();
    let mut known = desk.shell.follow();
    let mut gist = Gist::from(desk.agent.snapshot().await);
    let mut told = Told::default();
    told.news(&gist.accounts, now());
    ask(&desk, &mut told, &gist);
    let mut shown = None;
    let mut redraw = Some(Instant::now());
    let mut hour = interval(HOUR);

    loop {
        tokio::select! {
            change = changes.recv() => {
                let change = match change {
                    Ok(change) => change,
                    Err(RecvError::Lagged(_)) => everything(&desk).await,
                    Err(RecvError::Closed) => return,
                };
                let anew = !gist.apply(&change);
                if anew {
                    gist = desk.agent.snapshot().await.into();
                }
                emit(&app, &Changed(change));
                ask(&desk, &mut told, &gist);
                let news = told.news(&gist.accounts, now());
                // What needed the person before it was read is in the tray; it is no news.
                if !anew {
                    for account in news {
                        notify::attention(desk.desktop.as_ref(), account);
                    }
                }
                redraw.get_or_insert_with(|| Instant::now() + SETTLE);
            }
            _ = hour.tick() => {
                for account in told.news(&gist.accounts, now()) {
                    notify::attention(desk.desktop.as_ref(), account);
                }
                redraw.get_or_insert_with(|| Instant::now() + SETTLE);
            }
            Ok(()) = known.changed() => {
                let now = known.borrow_and_update().clone();
                if let Some(theme) = now.theme {
                    app.set_theme(Some(theme));
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

/// What the agent asks, or that it asks nothing any more, goes to the window that asks.
fn ask(desk: &Desk, told: &mut Told, gist: &Gist) {
    // Told first, while the window cannot have the focus yet.
    if let Some(question) = &gist.question
        && told.question(question.id)
    {
        notify::question(desk.desktop.as_ref(), question);
    }
    desk.asking
        .set(gist.question.as_ref().map(|question| question.id));
}

/// Unix seconds; a clock before 1970 is at its beginning.
fn now() -> u32 {
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
