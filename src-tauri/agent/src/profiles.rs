//! The two profiles: opened, shown, closed. What happens in them goes to whoever watches.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use evergrant_adapters::clock::SystemClock;
use evergrant_broker::ports::Log;
use evergrant_domain::{Code, Fault, secret::Passphrase};
use evergrant_engine::event::Event;
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::board::{Board, News};
use crate::interface::ProfileName;
use crate::profile::Profile;
use crate::programs::{Index, LastAttempt};
use crate::settings::Settings;

/// How long a request waits for its profile to be open.
const OPENING: Duration = Duration::from_secs(30);
/// The setting that remembers which profile was shown last.
const SHOWN: &str = "shown_profile";

/// What became of opening a profile.
#[derive(Clone)]
enum Slot {
    Closed,
    Opening,
    Open(Arc<Profile>),
    /// Tried anew when it is to be shown again.
    Failed(Fault),
}

pub struct Profiles {
    pub board: Arc<Board>,
    pub index: Arc<Index>,
    pub settings: Arc<Settings>,
    pub attempt: LastAttempt,
    log: OnceLock<Arc<dyn Log>>,
    runtime: Handle,
    passphrase: Option<Passphrase>,
    personal: watch::Sender<Slot>,
    practice: watch::Sender<Slot>,
    as_last_time: AtomicBool,
    tasks: Mutex<JoinSet<()>>,
}

impl Profiles {
    /// `passphrase` is for the encrypted file, where a person chose one.
    pub fn new(runtime: Handle, shown: ProfileName, passphrase: Option<Passphrase>) -> Self {
        let settings = Arc::new(Settings::of_this_person());
        let board = Board::new(shown);
        board.settings(settings.view());
        Self {
            board: Arc::new(board),
            settings,
            index: Arc::new(Index::new(Arc::new(SystemClock))),
            attempt: LastAttempt::default(),
            log: OnceLock::new(),
            runtime,
            passphrase,
            personal: watch::channel(Slot::Closed).0,
            practice: watch::channel(Slot::Closed).0,
            as_last_time: AtomicBool::default(),
            tasks: Mutex::default(),
        }
    }

    /// Opens a profile in the background, unless it is open or opening.
    pub fn open(self: &Arc<Self>, name: ProfileName) {
        let begins = self.slot(name).send_if_modified(|slot| {
            let begins = matches!(slot, Slot::Closed | Slot::Failed(_));
            if begins {
                *slot = Slot::Opening;
            }
            begins
        });
        if begins {
            let profiles = Arc::clone(self);
            self.spawn(async move { profiles.run(name).await });
        }
    }

    async fn run(self: &Arc<Self>, name: ProfileName) {
        let slot = self.slot(name);
        match Profile::open(
            name,
            &self.board,
            Arc::clone(&self.settings),
            self.passphrase.as_ref(),
        )
        .await
        {
            Ok((profile, mut events)) => {
                let profile = Arc::new(profile);
                for account in profile.engine.accounts() {
                    self.hear(&profile, Event::Account(Box::new(account.status())));
                }
                slot.send_replace(Slot::Open(Arc::clone(&profile)));
                self.opened(name, Ok(()));
                let hearing = async {
                    while let Some(event) = events.recv().await {
                        // Which client was used last changes with each consent.
                        let of_clients = matches!(event, Event::Clients | Event::Connected { .. });
                        self.hear(&profile, event);
                        if of_clients {
                            self.board.providers(name, profile.providers().await);
                        }
                    }
                };
                tokio::select! {
                    () = hearing => {}
                    () = profile.watch_clock(&self.board) => {}
                    () = profile.look_ahead(&self.board) => {}
                }
            }
            Err(fault) => {
                self.board.tell(name, News::fault(fault.clone()));
                slot.send_replace(Slot::Failed(fault.clone()));
                self.opened(name, Err(fault));
            }
        }
    }

    fn opened(self: &Arc<Self>, name: ProfileName, outcome: Result<(), Fault>) {
        self.board.opened(name);
        if name == ProfileName::Personal {
            let profiles = Arc::clone(self);
            self.spawn(async move { profiles.serve(outcome).await });
        }
    }

    /// The person's accounts are read. Programs are answered from now on, or once practice accounts are read too where
    /// they are shown: before, each would be unknown.
    async fn serve(self: &Arc<Self>, outcome: Result<(), Fault>) {
        if outcome.is_ok() && self.as_last_time.swap(false, Ordering::Relaxed) && self.was_practice().await {
            self.show_now(ProfileName::Practice);
        }
        if self.board.shown() == ProfileName::Practice {
            let _ = self.get(ProfileName::Practice).await;
        }
        self.index.read(outcome);
    }

    async fn was_practice(&self) -> bool {
        let Ok(personal) = self.get(ProfileName::Personal).await else {
            return false;
        };
        let last = personal.ledger.setting(SHOWN).await;
        last.is_ok_and(|shown| shown.as_deref() == Some("practice"))
    }

    fn hear(&self, profile: &Arc<Profile>, event: Event) {
        self.attempt.hear(&event);
        match &event {
            Event::Account(status) => {
                let known = profile.engine.world().provider(&status.row.provider);
                if let (Ok(handle), Ok(known)) = (profile.engine.account(&status.row.id), known) {
                    self.index.put(profile.name, status, &known.spec.name, handle);
                }
            }
            Event::Connected { id, .. } => {
                let (profile, id) = (Arc::clone(profile), id.clone());
                self.spawn(async move { profile.browsing.remember(&id).await });
            }
            Event::Gone { id, .. } => {
                self.index.remove(id);
                let (profile, id) = (Arc::clone(profile), id.clone());
                self.spawn(async move { profile.browsing.forget(&id).await });
            }
            _ => {}
        }
        profile.post(event, &self.board);
    }

    /// The programs' log, once it is open.
    pub fn log(&self) -> Option<&dyn Log> {
        self.log.get().map(AsRef::as_ref)
    }

    /// There is one log for the whole run.
    pub fn keep_log(&self, log: Arc<dyn Log>) {
        let _ = self.log.set(log);
    }

    /// Shows the profile that was shown last, once the personal one is open and tells which.
    pub fn show_as_last_time(&self) {
        self.as_last_time.store(true, Ordering::Relaxed);
    }

    /// Opens a profile where needed, and shows it.
    pub fn show_now(self: &Arc<Self>, name: ProfileName) {
        self.open(name);
        self.index.show_practice(name == ProfileName::Practice);
        self.board.show(name);
    }

    /// Shows a profile, and remembers it for the next start.
    pub async fn show(self: &Arc<Self>, name: ProfileName) {
        self.show_now(name);
        if let Ok(personal) = self.get(ProfileName::Personal).await {
            let value = match name {
                ProfileName::Personal => "personal",
                ProfileName::Practice => "practice",
            };
            if let Err(fault) = personal.ledger.set_setting(SHOWN, value).await {
                tracing::warn!(code = fault.code.as_str(), "the shown profile is not remembered");
            }
        }
    }

    /// The profile that is shown, once it is open.
    ///
    /// # Errors
    /// Why it could not be opened.
    pub async fn shown(&self) -> Result<Arc<Profile>, Fault> {
        self.get(self.board.shown()).await
    }

    /// The profile, once it is open.
    ///
    /// # Errors
    /// Why it could not be opened.
    pub async fn get(&self, name: ProfileName) -> Result<Arc<Profile>, Fault> {
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

    pub async fn close(&self) {
        for slot in [&self.personal, &self.practice] {
            // Whoever held it lets go of it, so that its folder is free.
            if let Slot::Open(profile) = slot.send_replace(Slot::Closed) {
                profile.close().await;
            }
        }
        drop(std::mem::take(&mut *self.lock()));
    }

    /// Runs a task until it ends or everything is closed.
    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.lock().spawn_on(task, &self.runtime);
    }

    fn slot(&self, name: ProfileName) -> &watch::Sender<Slot> {
        match name {
            ProfileName::Personal => &self.personal,
            ProfileName::Practice => &self.practice,
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, JoinSet<()>> {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
