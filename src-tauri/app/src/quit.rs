use std::time::Duration;

use tauri::{AppHandle, Manager, Runtime};

use crate::desk::Desk;
use crate::tasks::Tasks;
use crate::window;

/// What is under way goes on at the next start, so nobody waits longer for it.
const DEADLINE: Duration = Duration::from_secs(5);

/// Stops the agent, then exits. A second call changes nothing.
pub fn begin<R: Runtime>(app: &AppHandle<R>) {
    let desk = app.state::<Desk>().inner().clone();
    if !desk.shell.begin_quitting() {
        return;
    }
    desk.desktop.withdraw_all();
    window::hide_all(app);
    let exiting = app.clone();
    app.state::<Tasks>().begin(async move {
        if tokio::time::timeout(DEADLINE, desk.agent.stop()).await.is_err() {
            tracing::warn!("the agent did not stop in time");
        }
        exiting.exit(0);
    });
}
