use std::sync::Arc;

use evergrant_agent::interface::{FaultView, Interface, Request};
use evergrant_agent::walk::Walk;
use specta::datatype::DataType;
use specta::function::FunctionArg;
use tauri::ipc::{CommandArg, CommandItem, InvokeError};
use tauri::{Manager, Runtime};

use crate::desktop::Desktop;
use crate::question::Asking;
use crate::shell::Shell;

/// All that a command works with. Cloned out of the app's state for each call.
#[derive(Clone)]
pub struct Desk {
    pub agent: Arc<dyn Interface>,
    pub shell: Shell,
    pub desktop: Arc<dyn Desktop>,
    pub asking: Asking,
    pub walk: Arc<Walk>,
}

impl Desk {
    /// Asks the agent for something whose answer is that it has begun.
    pub async fn ask(&self, request: Request) -> Result<(), FaultView> {
        self.agent.ask(request).await.map(|_begun| ())
    }
}

impl<'de, R: Runtime> CommandArg<'de, R> for Desk {
    fn from_command(command: CommandItem<'de, R>) -> Result<Self, InvokeError> {
        let desk = command.message.webview_ref().try_state::<Self>();
        desk.map(|desk| desk.inner().clone())
            .ok_or_else(|| InvokeError::from("not ready yet"))
    }
}

impl FunctionArg for Desk {
    /// Nothing that the window passes, so nothing in the bindings.
    fn to_datatype(_: &mut specta::Types) -> Option<DataType> {
        None
    }
}
