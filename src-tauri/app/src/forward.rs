//! Carries what changes to the window, the tray and the notifications.

use std::time::Duration;

use evergrant_agent::interface::{Change, ChangeKind};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::{AppHandle, Runtime};
use tauri_specta::Event;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, sleep_until};

use crate::accounts::Accounts;
use crate::attention::Told;
use crate::desk::Desk;
use crate::notify;
use crate::tray::{self, TrayModel};

/// A flood of changes redraws the tray once.
const SETTLE: Duration = Duration::from_millis(100);

/// A change, as the event that the window hears.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
#[tauri_specta(event_name = "change")]
pub struct Changed(pub Change);

pub async fn run<R: Runtime>(app: AppHandle<R>, desk: Desk) {
    // Followed first, so that nothing falls between the snapshot and the changes.
    let mut changes = desk.agent.changes();
    let mut known = desk.shell.follow();
    let mut accounts = Accounts::from(desk.agent.snapshot().await);
    let mut told = Told::default();
    told.news(&accounts.list);
    let mut shown = None;
    let mut redraw = Some(Instant::now());

    loop {
        tokio::select! {
            change = changes.recv() => {
                let change = match change {
                    Ok(change) => change,
                    Err(RecvError::Lagged(_)) => everything(&desk).await,
                    Err(RecvError::Closed) => return,
                };
                let anew = !accounts.apply(&change.what);
                if anew {
                    accounts = desk.agent.snapshot().await.into();
                }
                emit(&app, &Changed(change));
                let news = told.news(&accounts.list);
                // What needed the person before it was read is in the tray; it is no news.
                if !anew {
                    for account in news {
                        notify::attention(&app, account);
                    }
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
                let model = TrayModel::of(accounts.profile, &accounts.list);
                if shown.as_ref() != Some(&model) {
                    shown = Some(model.clone());
                    tray::show(&app, model);
                }
            }
        }
    }
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
