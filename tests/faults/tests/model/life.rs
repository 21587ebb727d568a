//! One program, one computer, one provider: carries out the lines of a story.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use evergrant_domain::{AccountId, lifecycle::Reach, secret::VaultText, time::Uptime};
use evergrant_engine::{
    ClientSource, Engine, KnownProvider, World,
    account::AccountHandle,
    event::Event,
    fakes::{FakeHouse, provider_id, subject},
    ports::{Clock, Connection, Vault, VaultKey},
};
use tokio::{
    runtime::{Builder, Runtime},
    sync::mpsc::UnboundedReceiver,
    time::{sleep, timeout},
};

use crate::caller::Caller;
use crate::clock::Clocks;
use crate::fuse::{Fuse, Fused};
use crate::issuer::Issuer;
use crate::story::{Command, Who};

/// No button keeps a person waiting for longer.
const LONGEST: Duration = Duration::from_secs(60);

/// What a person was told of an account, and asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Belief {
    Connected,
    Disconnecting(Reach),
    /// The program was killed while it was being disconnected, or could not write that down.
    Unsure,
    /// The vault lied, and the program was killed before it could read back what was written.
    Spoilt,
}

pub struct Life {
    runtime: Option<Runtime>,
    pub engine: Option<Engine>,
    events: Option<UnboundedReceiver<Event>>,
    pub house: FakeHouse,
    pub issuer: Arc<Issuer>,
    pub clocks: Arc<Clocks>,
    fuse: Fuse,
    pub beliefs: BTreeMap<Who, Belief>,
    /// The newest token that was ever in the vault of who believes to be connected.
    pub newest_kept: BTreeMap<Who, usize>,
    pub callers: Vec<Caller>,
    /// Who asked to be disconnected, and has been heard.
    pub heard: Arc<Mutex<BTreeSet<Who>>>,
    /// When the line that is carried out began.
    begun: Uptime,
    pub vault_broken: bool,
    pub disk_full: bool,
}

impl Life {
    pub fn begin() -> Self {
        let (runtime, fuse) = (runtime(), Fuse::unset());
        let clocks = runtime.block_on(async { Arc::new(Clocks::new()) });
        let mut life = Self {
            runtime: Some(runtime),
            engine: None,
            events: None,
            house: FakeHouse::default(),
            issuer: Arc::new(Issuer::new(&clocks, &fuse)),
            clocks,
            fuse,
            beliefs: BTreeMap::new(),
            newest_kept: BTreeMap::new(),
            callers: vec![],
            heard: Arc::default(),
            begun: Uptime::default(),
            vault_broken: false,
            disk_full: false,
        };
        life.within(async |life| life.start().await);
        life
    }

    /// Lives through one line, and looks at the promises.
    pub fn goes_on(&mut self, command: &Command) -> Result<(), String> {
        match command {
            Command::KilledDuring { deed, steps } => {
                self.fuse.set(*steps);
                self.within(async |life| life.carry_out(deed).await);
                if self.fuse.is_blown() {
                    self.doubt(deed);
                    self.killed();
                }
                self.fuse.remove();
            }
            Command::Killed => self.killed(),
            command => self.within(async |life| life.carry_out(command).await),
        }
        self.within(async |life| life.keeps_its_promises().await)
    }

    /// Everything works again, and an hour passes: what must be so then?
    pub fn comes_to_rest(&mut self) -> Result<(), String> {
        self.within(async |life| {
            for mended in [
                Command::VaultMended,
                Command::DiskFreed,
                Command::Network(Connection::Online),
            ] {
                life.carry_out(&mended).await;
            }
            life.issuer.books().mishaps.clear();
            for button in [Command::SavesAgain, Command::GivesUp] {
                life.carry_out(&button).await;
            }
            life.takes_the_last_garbled_word().await;
            sleep(Duration::from_secs(600)).await;
            life.carry_out(&Command::Restarts).await;
            sleep(Duration::from_secs(3_600)).await;
            life.keeps_its_promises().await?;
            life.is_at_rest().await
        })
    }

    /// Garbling that has met nothing yet would meet what is written at rest.
    async fn takes_the_last_garbled_word(&self) {
        let (vault, key) = (
            &self.house.vault,
            VaultKey::Account(AccountId::of(&subject("nobody"))),
        );
        let written = vault.write(&key, "", &VaultText::new("a word")).await;
        written.expect("the vault works");
        vault.delete(&key).await.expect("the vault works");
    }

    fn within<T>(&mut self, work: impl AsyncFnOnce(&mut Self) -> T) -> T {
        let runtime = self.runtime.take().expect("a runtime");
        let done = runtime.block_on(work(self));
        self.runtime = Some(runtime);
        done
    }

    /// Like a kill -9: whatever was under way ends between two instructions.
    fn killed(&mut self) {
        self.within(async |life| {
            life.clocks.stand_still();
            life.give_up_on_lies();
            life.lose_what_only_memory_had();
        });
        drop((self.engine.take(), self.events.take(), self.callers.drain(..)));
        self.runtime = None;
        self.fuse.remove();
        self.runtime = Some(runtime());
        self.within(async |life| {
            life.clocks.go_on();
            life.start().await;
        });
    }

    /// Nobody can say how far a disconnect came.
    fn doubt(&mut self, deed: &Command) {
        if let Command::Disconnects(who, _) = deed {
            self.beliefs.insert(*who, Belief::Unsure);
            self.heard.lock().expect("whole").remove(who);
        }
    }

    async fn start(&mut self) {
        let started = timeout(LONGEST, Engine::start(self.world())).await;
        if let Ok(Ok((engine, events))) = started {
            (self.engine, self.events) = (Some(engine), Some(events));
        }
        self.settle().await;
    }

    fn world(&self) -> World {
        let mut world = self.house.world();
        let fuse = || self.fuse.clone();
        world.vault = Arc::new(Fused {
            fuse: fuse(),
            port: self.house.vault.clone(),
        });
        world.ledger = Arc::new(Fused {
            fuse: fuse(),
            port: self.house.ledger.clone(),
        });
        world.clock = self.clocks.clone();
        let spec = world.provider(&provider_id()).expect("known").spec.clone();
        let client = ClientSource::BuiltIn(self.house.built_in.clone().expect("a client"));
        let known = KnownProvider {
            spec,
            port: self.issuer.clone(),
            client,
        };
        world.providers = [(provider_id(), Arc::new(known))].into();
        world
    }

    /// Lets everything happen that needs little time.
    async fn settle(&mut self) {
        sleep(Duration::from_secs(1)).await;
        let Some(mut events) = self.events.take() else {
            return;
        };
        while let Ok(event) = events.try_recv() {
            match event {
                Event::Connected { label, .. } => {
                    let who = Who::ALL.into_iter().find(|who| label.starts_with(who.name()));
                    let who = who.expect("somebody known");
                    self.beliefs.insert(who, Belief::Connected);
                    self.is_told_connected(who);
                    self.heard.lock().expect("whole").remove(&who);
                }
                Event::Gone { id, everywhere, .. } => {
                    let who = Who::ALL
                        .into_iter()
                        .find(|who| id_of(*who) == id)
                        .expect("somebody known");
                    // Also what was agreed to while it was being removed.
                    if !everywhere {
                        self.leave_to_the_provider(who);
                    }
                    self.beliefs.remove(&who);
                    self.newest_kept.remove(&who);
                }
                _ => {}
            }
        }
        self.events = Some(events);
    }

    fn is_told_connected(&self, who: Who) {
        let kept = self.kept(who);
        let mut books = self.issuer.books();
        books.forgive(who, self.begun);
        if let Some(kept) = kept {
            books.tokens[kept.newest].taken = true;
        }
    }

    pub async fn carry_out(&mut self, command: &Command) {
        self.begun = self.clocks.moment().up;
        // A program that is killed in the middle keeps nobody waiting either.
        let _ = timeout(2 * LONGEST, self.perform(command)).await;
        self.settle().await;
    }

    pub async fn restart(&mut self) {
        if self.disk_full {
            self.disks_forget();
        }
        if let Some(engine) = self.engine.take() {
            engine.stop().await;
        }
        self.settle().await;
        if self.fuse.is_blown() {
            return;
        }
        if self.vault_broken {
            self.lose_what_only_memory_had();
        }
        self.start().await;
    }

    pub fn account(&self, who: Who) -> Option<AccountHandle> {
        self.engine.as_ref()?.account(&id_of(who)).ok()
    }
}

fn runtime() -> Runtime {
    let builder = Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build();
    builder.expect("a runtime")
}

pub fn id_of(who: Who) -> AccountId {
    AccountId::of(&subject(who.name()))
}

pub fn key_of(who: Who) -> VaultKey {
    VaultKey::Account(id_of(who))
}
