//! The agent: two profiles, one of them shown, behind the one interface.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use evergrant_domain::{Code, Fault};
use tokio::runtime::Handle;
use tokio::sync::{broadcast, watch};
use tokio::task::JoinSet;

use crate::board::{Board, News};
use crate::interface::{Change, FaultView, Interface, ProfileName, Reply, Request, Snapshot};
use crate::profile::Profile;
use crate::requests;

/// How long a request waits for its profile to be open.
const OPENING: Duration = Duration::from_secs(30);
/// The setting that remembers which profile was shown last.
const SHOWN: &str = "shown_profile";

/// How to start the agent.
pub struct Options {
    /// The profile to show; `None` shows the one shown last.
    pub show: Option<ProfileName>,
    pub runtime: Handle,
}

/// What became of opening a profile.
#[derive(Clone)]
enum Slot {
    Closed,
    Opening,
    Open(Arc<Profile>),
    /// Tried anew when it is to be shown again.
    Failed(Fault),
}

/// Everything but the window.
pub struct Agent {
    board: Arc<Board>,
    runtime: Handle,
    personal: watch::Sender<Slot>,
    practice: watch::Sender<Slot>,
    tasks: Mutex<JoinSet<()>>,
}

impl Agent {
    /// Starts the agent and returns at once; the profiles open behind it.
    pub fn start(options: Options) -> Arc<Self> {
        let agent = Arc::new(Self {
            board: Arc::new(Board::new(options.show.unwrap_or(ProfileName::Personal))),
            runtime: options.runtime,
            personal: watch::channel(Slot::Closed).0,
            practice: watch::channel(Slot::Closed).0,
            tasks: Mutex::new(JoinSet::new()),
        });
        agent.open(ProfileName::Personal);
        match options.show {
            Some(ProfileName::Practice) => agent.open(ProfileName::Practice),
            Some(ProfileName::Personal) => {}
            None => agent.show_as_last_time(),
        }
        agent
    }

    /// Opens a profile in the background, unless it is open or opening.
    fn open(&self, name: ProfileName) {
        let begins = self.slot(name).send_if_modified(|slot| {
            let begins = matches!(slot, Slot::Closed | Slot::Failed(_));
            if begins {
                *slot = Slot::Opening;
            }
            begins
        });
        if !begins {
            return;
        }
        let (board, slot) = (Arc::clone(&self.board), self.slot(name).clone());
        self.spawn(async move {
            match Profile::open(name, &board).await {
                Ok((profile, mut events)) => {
                    let profile = Arc::new(profile);
                    profile.post_all(&board);
                    slot.send_replace(Slot::Open(Arc::clone(&profile)));
                    board.opened(name);
                    while let Some(event) = events.recv().await {
                        profile.post(event, &board);
                    }
                }
                Err(fault) => {
                    board.tell(name, News::fault(fault.clone()));
                    slot.send_replace(Slot::Failed(fault));
                    board.opened(name);
                }
            }
        });
    }

    fn show_as_last_time(self: &Arc<Self>) {
        let agent = Arc::clone(self);
        self.spawn(async move {
            let Ok(personal) = agent.profile(ProfileName::Personal).await else {
                return;
            };
            let last = personal.ledger.setting(SHOWN).await;
            if last.is_ok_and(|shown| shown.as_deref() == Some("practice")) {
                agent.open(ProfileName::Practice);
                agent.board.show(ProfileName::Practice);
            }
        });
    }

    /// Shows a profile, opens it where needed, and remembers it for the next start.
    async fn show(&self, name: ProfileName) {
        self.open(name);
        self.board.show(name);
        if let Ok(personal) = self.profile(ProfileName::Personal).await {
            let value = match name {
                ProfileName::Personal => "personal",
                ProfileName::Practice => "practice",
            };
            if let Err(fault) = personal.ledger.set_setting(SHOWN, value).await {
                tracing::warn!(code = fault.code.as_str(), "the shown profile is not remembered");
            }
        }
    }

    /// The profile, once it is open.
    ///
    /// # Errors
    /// Why it could not be opened.
    async fn profile(&self, name: ProfileName) -> Result<Arc<Profile>, Fault> {
        let mut slot = self.slot(name).subscribe();
        let settled = slot.wait_for(|slot| matches!(slot, Slot::Open(_) | Slot::Failed(_)));
        match tokio::time::timeout(OPENING, settled).await {
            Ok(Ok(slot)) => match &*slot {
                Slot::Open(profile) => Ok(Arc::clone(profile)),
                Slot::Failed(fault) => Err(fault.clone()),
                Slot::Closed | Slot::Opening => Err(Code::LedgerFailed.into()),
            },
            _ => Err(Code::LedgerFailed.into()),
        }
    }

    fn slot(&self, name: ProfileName) -> &watch::Sender<Slot> {
        match name {
            ProfileName::Personal => &self.personal,
            ProfileName::Practice => &self.practice,
        }
    }

    fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        tasks.spawn_on(task, &self.runtime);
    }
}

#[async_trait]
impl Interface for Agent {
    async fn snapshot(&self) -> Snapshot {
        self.board.snapshot()
    }

    async fn ask(&self, request: Request) -> Result<Reply, FaultView> {
        match request {
            Request::ShowProfile(name) => {
                self.show(name).await;
                Ok(Reply::Begun)
            }
            Request::DismissNotice(id) => {
                self.board.dismiss(id);
                Ok(Reply::Begun)
            }
            // How the program behaves is one for both profiles.
            Request::Setting { .. } | Request::SetSetting { .. } => {
                let personal = self.profile(ProfileName::Personal).await?;
                Ok(requests::setting(&personal, request).await?)
            }
            request => {
                let shown = self.profile(self.board.shown()).await?;
                Ok(requests::account(&shown, &self.board, request).await?)
            }
        }
    }

    fn changes(&self) -> broadcast::Receiver<Change> {
        self.board.changes()
    }

    async fn stop(&self) {
        for slot in [&self.personal, &self.practice] {
            let opened = slot.borrow().clone();
            if let Slot::Open(profile) = opened {
                profile.close().await;
            }
        }
        let tasks = std::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        drop(tasks);
    }
}
