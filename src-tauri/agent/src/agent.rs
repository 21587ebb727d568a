//! The agent: two profiles, one of them shown, and the broker, behind the one interface.

use std::sync::{Arc, OnceLock};

use async_trait::async_trait;
use evergrant_broker::door::Door;
use evergrant_domain::{Code, secret::Passphrase};
use tokio::runtime::Handle;
use tokio::sync::{broadcast, watch};

use crate::board::News;
use crate::interface::{Change, FaultView, Interface, ProfileName, Reply, Request, Snapshot};
use crate::language;
use crate::profiles::Profiles;
use crate::programs::{self, Office, Programs};
use crate::requests;

/// How to start the agent.
pub struct Options {
    /// The profile to show; `None` shows the one shown last.
    pub show: Option<ProfileName>,
    pub runtime: Handle,
    /// There is no window: nobody can be asked, and approvals are given beforehand.
    pub headless: bool,
    /// The socket that the system handed over; `None` opens one.
    pub door: Option<Door>,
    /// What opens the encrypted file, where a person chose one and it takes a passphrase.
    pub passphrase: Option<Passphrase>,
}

/// Everything but the window.
pub struct Agent {
    profiles: Arc<Profiles>,
    programs: Arc<OnceLock<Programs>>,
    /// The door is shut, or was never open.
    shut: watch::Receiver<bool>,
}

impl Agent {
    /// Starts the agent and returns at once; profiles and broker open behind it.
    pub fn start(options: Options) -> Arc<Self> {
        let shown = options.show.unwrap_or(ProfileName::Personal);
        let profiles = Arc::new(Profiles::new(options.runtime, shown, options.passphrase));
        profiles.open(ProfileName::Personal);
        match options.show {
            Some(name) => profiles.show_now(name),
            None => profiles.show_as_last_time(),
        }
        let programs = Arc::new(OnceLock::new());
        let (shutting, shut) = watch::channel(false);
        let broker = run_broker(
            Arc::clone(&profiles),
            Arc::clone(&programs),
            options.headless,
            options.door,
        );
        profiles.spawn(async move {
            broker.await;
            shutting.send_replace(true);
        });
        Arc::new(Self {
            profiles,
            programs,
            shut,
        })
    }

    /// Waits until programs are no longer served, which is also when the door could not be opened.
    pub async fn until_shut(&self) {
        let mut shut = self.shut.clone();
        // A sender that is gone has shut too.
        let _ = shut.wait_for(|shut| *shut).await;
    }
}

async fn run_broker(
    profiles: Arc<Profiles>,
    slot: Arc<OnceLock<Programs>>,
    headless: bool,
    door: Option<Door>,
) {
    let office = Arc::new(Office::new(Arc::downgrade(&profiles)));
    let (index, board) = (Arc::clone(&profiles.index), Arc::clone(&profiles.board));
    match Programs::open(office, Arc::clone(&index), &board, headless).await {
        Ok(opened) => {
            let programs = slot.get_or_init(|| opened);
            profiles.keep_log(programs.log.clone());
            tokio::select! {
                () = programs.serve(door, &board) => {}
                () = programs.watch(&index, &board) => {}
            }
        }
        Err(fault) => board.tell(ProfileName::Personal, News::fault(fault)),
    }
}

#[async_trait]
impl Interface for Agent {
    async fn snapshot(&self) -> Snapshot {
        self.profiles.board.snapshot()
    }

    async fn ask(&self, request: Request) -> Result<Reply, FaultView> {
        let profiles = &self.profiles;
        match request {
            Request::ShowProfile(name) => {
                profiles.show(name).await;
                Ok(Reply::Begun)
            }
            Request::DismissNotice(id) => {
                profiles.board.dismiss(id);
                Ok(Reply::Begun)
            }
            Request::Programs(request) => {
                let programs = self.programs.get().ok_or(Code::LedgerFailed);
                let programs = programs.map_err(evergrant_domain::Fault::from)?;
                Ok(programs::ask(&programs.broker, request).await?)
            }
            Request::Speak(tag) => {
                language::choose(tag.as_deref())?;
                profiles.board.language();
                Ok(Reply::Begun)
            }
            // How the program behaves is one for both profiles.
            Request::Setting { .. } | Request::SetSetting { .. } => {
                let personal = profiles.get(ProfileName::Personal).await?;
                Ok(requests::setting(&personal, request).await?)
            }
            Request::History { account } => {
                let shown = profiles.shown().await?;
                Ok(requests::history(&shown, profiles.log(), &account).await?)
            }
            request => {
                let shown = profiles.shown().await?;
                Ok(requests::account(&shown, &profiles.board, request).await?)
            }
        }
    }

    fn changes(&self) -> broadcast::Receiver<Change> {
        self.profiles.board.changes()
    }

    async fn stop(&self) {
        if let Some(programs) = self.programs.get() {
            programs.close().await;
            self.until_shut().await;
        }
        self.profiles.close().await;
    }
}
