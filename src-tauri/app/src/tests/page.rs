use std::sync::Arc;

use evergrant_agent::walk::Walk;
use serde_json::Value;
use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{WebviewUrl, WebviewWindow, WebviewWindowBuilder};

use super::FakeAgent;
use crate::bindings;
use crate::desk::Desk;
use crate::desktop::fake::FakeDesktop;
use crate::question::Asking;
use crate::shell::Shell;
use crate::window;

/// The page in the window, as far as it can call: the real commands and the real permissions.
pub struct Page {
    pub agent: Arc<FakeAgent>,
    pub desktop: Arc<FakeDesktop>,
    pub shell: Shell,
    pub asking: Asking,
    window: WebviewWindow<MockRuntime>,
    _app: tauri::App<MockRuntime>,
}

impl Page {
    pub fn open() -> Self {
        Self::of(window::main::LABEL)
    }

    /// The page in the window of this name.
    pub fn of(label: &str) -> Self {
        let agent = Arc::<FakeAgent>::default();
        let desktop = Arc::<FakeDesktop>::default();
        let (shell, asking) = (Shell::new(true), Asking::default());
        let desk = Desk {
            agent: agent.clone(),
            shell: shell.clone(),
            desktop: desktop.clone(),
            asking: asking.clone(),
            walk: Arc::new(Walk::own()),
        };
        let app = mock_builder()
            .invoke_handler(bindings::builder::<MockRuntime>().invoke_handler())
            .plugin(tauri_plugin_opener::init())
            .plugin(tauri_plugin_clipboard_manager::init())
            .manage(desk)
            .build(tauri::generate_context!(test = true))
            .expect("an app on no screen");
        let window = WebviewWindowBuilder::new(&app, label, WebviewUrl::default())
            .build()
            .expect("a window on no screen");
        Self {
            agent,
            desktop,
            shell,
            asking,
            window,
            _app: app,
        }
    }

    /// Calls a command from the page that Evergrant itself serves.
    pub fn call(&self, command: &str, arguments: Value) -> Result<Value, Value> {
        self.call_from("tauri://localhost", command, arguments)
    }

    pub fn call_from(&self, origin: &str, command: &str, arguments: Value) -> Result<Value, Value> {
        let request = InvokeRequest {
            cmd: command.to_owned(),
            callback: CallbackFn(0),
            error: CallbackFn(1),
            url: origin.parse().expect("an address"),
            body: InvokeBody::Json(arguments),
            headers: tauri::http::HeaderMap::default(),
            invoke_key: INVOKE_KEY.to_owned(),
        };
        let answer = get_ipc_response(&self.window, request)?;
        Ok(answer.deserialize().expect("an answer in JSON"))
    }
}
