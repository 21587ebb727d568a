//! Puts the shell together and runs it.

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use evergrant_agent::interface::Interface;
use evergrant_agent::messages::say;
use evergrant_agent::walk::Walk;
use evergrant_agent::{Agent, Options};
use tauri::{AppHandle, Builder, Manager, RunEvent, Runtime};
use tokio::sync::mpsc::UnboundedSender;

use crate::arguments::Start;
use crate::desk::Desk;
use crate::desktop::{self, About, Real};
use crate::question::{self, Asking};
use crate::shell::Shell;
use crate::tasks::Tasks;
use crate::{background, bindings, forward, leaving, second_start, tray, window};

type Failure = Box<dyn std::error::Error>;

pub fn run(start: Start) -> ExitCode {
    #[cfg(target_os = "linux")]
    window::drawing::spare_graphics_card();
    // The toolkit would panic later.
    #[cfg(target_os = "linux")]
    if gtk::init().is_err() {
        return fail(&say("start.no_display", &[]));
    }
    let tasks = Tasks::on(tauri::async_runtime::handle().inner().clone());
    let shell = Shell::new(cfg!(not(target_os = "linux")));
    // Asked before anything else, so that the window knows the answers when it opens.
    #[cfg(target_os = "linux")]
    {
        shell.set(|known| known.toolkit = Some(crate::theme::of_toolkit()));
        tasks.begin(crate::theme::watch(shell.clone()));
        tasks.begin(crate::status_notifier::watch(shell.clone()));
    }
    let bindings = bindings::builder();
    let built = early_plugins(Builder::default())
        .manage(tasks)
        .invoke_handler(bindings.invoke_handler())
        .setup(move |app| {
            bindings.mount_events(app);
            begin(app.handle(), start, shell)
        })
        .on_window_event(window::heard)
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(app_event);
            ExitCode::SUCCESS
        }
        Err(error) => fail(&say("start.failed", &[("reason", &error.to_string())])),
    }
}

fn fail(sentence: &str) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "{sentence}");
    ExitCode::FAILURE
}

/// What must be there before the tray and the window.
fn early_plugins<R: Runtime>(builder: Builder<R>) -> Builder<R> {
    builder
        // First of all, so that a second start ends before it has done anything.
        .plugin(tauri_plugin_single_instance::init(|app, typed, _| {
            second_start::welcome(app, typed);
        }))
        .plugin(window::remembered())
}

/// What is asked for later. The page gets none of their scripts: only this side uses them.
fn late_plugins<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    app.plugin(tauri_plugin_autostart::Builder::new().arg("--hidden").build())?;
    app.plugin(tauri_plugin_clipboard_manager::init())?;
    app.plugin(tauri_plugin_dialog::init())?;
    app.plugin(tauri_plugin_notification::init())?;
    app.plugin(tauri_plugin_opener::init())
}

/// The tray first and the window next; the agent opens what it needs besides.
fn begin<R: Runtime>(app: &AppHandle<R>, start: Start, shell: Shell) -> Result<(), Failure> {
    if let Err(error) = tray::put(app) {
        tracing::warn!(%error, "no tray icon");
    }
    let (press, presses) = tokio::sync::mpsc::unbounded_channel();
    let desktop = desktop(app, press);
    let options = Options {
        show: start.profile(),
        runtime: tauri::async_runtime::handle().inner().clone(),
        headless: false,
        door: None,
        passphrase: None,
    };
    let agent = Agent::start(options);
    let chosen = tauri::async_runtime::block_on(agent.snapshot()).settings.theme;
    shell.set(|known| known.chosen = chosen);
    let desk = Desk {
        agent,
        shell,
        desktop: Arc::new(desktop),
        asking: Asking::default(),
        walk: Arc::new(Walk::of_this_person()),
    };
    app.manage(desk.clone());
    if !start.hidden {
        window::main::show(app)?;
    }
    late_plugins(app)?;
    let tasks = app.state::<Tasks>();
    #[cfg(unix)]
    tasks.begin(crate::told_to_end::watch(app.clone()));
    tasks.begin(background::recall(desk.clone()));
    tasks.begin(question::run(desk.clone()));
    tasks.begin(forward::run(app.clone(), desk, presses));
    Ok(())
}

/// The person's desktop; what is pressed on its notifications goes to `press`.
fn desktop<R: Runtime>(app: &AppHandle<R>, press: UnboundedSender<About>) -> Real<R> {
    #[cfg(target_os = "linux")]
    {
        let plainly = app.clone();
        let (notifications, showing) =
            desktop::notifications::open(zbus::Connection::session(), press, move |notification| {
                desktop::plain(&plainly, &notification);
            });
        app.state::<Tasks>().begin(showing);
        Real {
            app: app.clone(),
            notifications,
        }
    }
    #[cfg(not(target_os = "linux"))]
    {
        // There is nothing to press.
        drop(press);
        Real { app: app.clone() }
    }
}

fn app_event<R: Runtime>(app: &AppHandle<R>, event: RunEvent) {
    match event {
        // The last window closed, which ends nothing: quitting is asked for by name.
        RunEvent::ExitRequested { code: None, api, .. } => api.prevent_exit(),
        RunEvent::Exit => {
            app.state::<Tasks>().end();
            leaving::last_traces(app);
        }
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { .. } => window::main::bring_forward(app),
        _ => {}
    }
}
