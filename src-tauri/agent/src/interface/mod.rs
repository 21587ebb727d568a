//! The one narrow interface between the agent and whatever shows it: a handful of calls, one stream
//! of changes. Everything in it can be serialized and nothing in it is secret, so that the two can
//! live in two processes.

mod account;
mod attempt;
mod change;
mod fault;
mod history;
mod leaving;
mod notice;
mod program;
mod reason;
mod request;
mod settings;
mod snapshot;

pub use account::{AccountState, AccountView, Activity, Check, Outcome, TestLine, Verdict};
pub use attempt::{AttemptView, Purpose, Step};
pub use change::{Change, ChangeKind};
pub use fault::{FaultView, RecoveryView};
pub use history::{HistoryLineView, HistoryView, HistoryWhat};
pub use leaving::{LeavingStep, LeavingView, WaitingView};
pub use notice::{Notice, Tone};
pub use program::{
    AskerView, AssuranceView, Decision, Lasting, LogLine, LogOutcome, LogView, ProgramGrantView, ProgramView,
    ProgramsView, QuestionView, TakenBackView, WishView,
};
pub use reason::{ForecastView, ReasonView, Sureness};
pub use request::{ConsentRequest, PermissionId, ProgramRequest, Reach, Reply, Request};
pub use settings::{
    BrowserChoiceView, BrowserPick, BrowserProfileView, BrowserView, BrowserWish, NamedBrowserView,
    ProxyUnfit, ProxyView, SettingsView, ThemeView, VaultView, Wish,
};
pub use snapshot::{
    ClientView, LanguageView, OwnClientView, PermissionView, ProfileName, ProviderView, Snapshot,
};

use async_trait::async_trait;
use tokio::sync::broadcast;

/// What a window, a tray or a command may do with the agent.
#[async_trait]
pub trait Interface: Send + Sync {
    /// Everything there is to show, with the revision up to which changes are in it.
    async fn snapshot(&self) -> Snapshot;

    /// Does one thing. Returns once it has begun or failed to; how it ends comes as changes.
    async fn ask(&self, request: Request) -> Result<Reply, FaultView>;

    /// Changes from now on. Whoever falls behind loads the snapshot again.
    fn changes(&self) -> broadcast::Receiver<Change>;

    /// Ends every task within a deadline; what is under way goes on at the next start.
    async fn stop(&self);
}
