use evergrant_agent::interface::{ProfileName, Request};
use tauri::{AppHandle, Manager, Runtime};

use crate::arguments::{self, Start, Wish};
use crate::desk::Desk;
use crate::tasks::Tasks;
use crate::window;

/// Evergrant was started while it runs: its window comes forward.
pub fn welcome<R: Runtime>(app: &AppHandle<R>, typed: Vec<String>) {
    let wish = arguments::read(typed.into_iter().skip(1).map(Into::into));
    let start = match wish {
        Wish::Run(start) => start,
        Wish::Version | Wish::Unknown(_) => Start::default(),
    };
    // A start at login is no wish to see anything.
    if !start.hidden {
        window::main::bring_forward(app);
    }
    if start.practice
        && let Some(desk) = app.try_state::<Desk>()
    {
        let desk = desk.inner().clone();
        app.state::<Tasks>().begin(async move {
            let shown = desk.ask(Request::ShowProfile(ProfileName::Practice)).await;
            if let Err(fault) = shown {
                tracing::warn!(code = fault.code, "practice is not shown");
            }
        });
    }
}
