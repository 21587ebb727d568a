//! The agent: two profiles, one of them shown, and the broker, behind the one interface.

use std::sync::{Arc, OnceLock};

use async_trait::async_trait;
use evergrant_adapters::leaving::Belongings;
use evergrant_broker::door::Door;
use evergrant_domain::{Code, Fault, secret::Passphrase};
use tokio::runtime::Handle;
use tokio::sync::{broadcast, watch};
use tokio::task::JoinHandle;

use crate::board::News;
use crate::browsers;
use crate::interface::{Change, FaultView, Interface, ProfileName, Reply, Request, Snapshot};
use crate::language;
use crate::leaving::{Leaving, Ours};
use crate::profiles::Profiles;
use crate::programs::{self, Office, Programs};
use crate::requests;
use crate::running::Running;
use crate::settings::Settings;

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
    running: Arc<Running>,
    /// None where there is no home, so that nothing is kept either.
    leaving: Option<Arc<Leaving>>,
    /// Ends with the agent; it closes the profiles, so it is none of their tasks.
    leaver: Option<JoinHandle<()>>,
}

impl Agent {
    /// Starts the agent and returns at once; profiles and broker open behind it.
    pub fn start(options: Options) -> Arc<Self> {
        let shown = options.show.unwrap_or(ProfileName::Personal);
        let runtime = options.runtime.clone();
        let profiles = Arc::new(Profiles::new(options.runtime, shown, options.passphrase));
        let programs = Arc::new(OnceLock::new());
        let (shutting, shut) = watch::channel(false);
        let running = Arc::new(Running {
            profiles: Arc::clone(&profiles),
            programs: Arc::clone(&programs),
            shut,
        });
        let (leaving, leaver) = leave(&running, &runtime).unzip();
        let agent = Arc::new(Self {
            running,
            leaving,
            leaver,
        });
        if agent.is_deleting() {
            return agent;
        }
        match options.show {
            Some(name) => profiles.show_now(name),
            None => profiles.show_as_last_time(),
        }
        profiles.open(ProfileName::Personal);
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
        agent
    }

    /// Settings read and write files, where nobody waits for it.
    async fn choose<T: Send + 'static>(
        &self,
        choosing: impl FnOnce(&Settings) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let profiles = &self.running.profiles;
        let settings = Arc::clone(&profiles.settings);
        let chosen = tokio::task::spawn_blocking(move || choosing(&settings)).await;
        let chosen = chosen.map_err(|_| Fault::from(Code::LedgerFailed))??;
        profiles.board.settings(profiles.settings.view());
        Ok(chosen)
    }

    /// Waits until programs are no longer served, which is also when the door could not be opened.
    /// Not while everything is deleted, which shuts the door too and ends otherwise.
    pub async fn until_shut(&self) {
        self.running.until_shut().await;
        if self.is_deleting() {
            std::future::pending::<()>().await;
        }
    }

    /// Waits until everything that was kept is deleted, as a person asked; `leaving::finish` is the last to do then.
    pub async fn until_gone(&self) {
        match &self.leaving {
            Some(leaving) => leaving.until_gone().await,
            None => std::future::pending().await,
        }
    }

    fn is_deleting(&self) -> bool {
        self.leaving.as_ref().is_some_and(|leaving| leaving.is_deleting())
    }
}

/// What a person asked about leaving goes on by itself.
fn leave(running: &Arc<Running>, runtime: &Handle) -> Option<(Arc<Leaving>, JoinHandle<()>)> {
    let belongings = Belongings::of_this_person()?;
    let board = Arc::clone(&running.profiles.board);
    let leaving = Arc::new(Leaving::new(belongings.clone(), board));
    let ours = Ours {
        running: Arc::clone(running),
        belongings,
    };
    let goes = Arc::clone(&leaving);
    let leaver = runtime.spawn(async move { goes.run(&ours).await });
    Some((leaving, leaver))
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
        self.running.profiles.board.snapshot()
    }

    async fn ask(&self, request: Request) -> Result<Reply, FaultView> {
        let profiles = &self.running.profiles;
        match request {
            Request::DeleteEverything { now } => {
                let leaving = self.leaving.as_ref().ok_or(Code::LedgerFailed);
                leaving.map_err(evergrant_domain::Fault::from)?.delete(now);
                Ok(Reply::Begun)
            }
            Request::KeepEverything => {
                if let Some(leaving) = &self.leaving {
                    leaving.keep();
                }
                Ok(Reply::Begun)
            }
            // There is nothing any more that could do it.
            _ if self.is_deleting() => Err(evergrant_domain::Fault::from(Code::Stopping).into()),
            Request::ShowProfile(name) => {
                profiles.show(name).await;
                Ok(Reply::Begun)
            }
            Request::DismissNotice(id) => {
                profiles.board.dismiss(id);
                Ok(Reply::Begun)
            }
            Request::Programs(request) => {
                let programs = self.running.programs.get().ok_or(Code::LedgerFailed);
                let programs = programs.map_err(Fault::from)?;
                Ok(programs::ask(&programs.broker, request).await?)
            }
            Request::Speak(tag) => {
                language::choose(tag.as_deref())?;
                profiles.board.language();
                Ok(Reply::Begun)
            }
            Request::Choose(wish) => {
                self.choose(move |settings| settings.choose(wish)).await?;
                Ok(Reply::Begun)
            }
            Request::ChooseProxy(wish) => {
                let chosen = self.choose(move |settings| settings.choose_proxy(&wish)).await?;
                Ok(chosen.map_or(Reply::Begun, Reply::Unfit))
            }
            Request::Browsers => Ok(Reply::Browsers(browsers::installed().await)),
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
        self.running.profiles.board.changes()
    }

    async fn stop(&self) {
        if let Some(leaver) = &self.leaver {
            leaver.abort();
        }
        self.running.close().await;
    }
}
