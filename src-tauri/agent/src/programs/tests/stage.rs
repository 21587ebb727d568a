use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use evergrant_adapters::book::SqliteBook;
use evergrant_adapters::entropy::random_bytes;
use evergrant_broker::door::Door;
use evergrant_broker::judgement::Decision;
use evergrant_broker::ports::{Clock as BrokerClock, Log as _, Page, Search};
use evergrant_broker::witness::SystemWitness;
use evergrant_broker::{Broker, Setup, Shown};
use evergrant_domain::{AccountId, Moment, ScopeSet, Timestamp, time::Seconds};
use evergrant_engine::Engine;
use evergrant_engine::event::{Event, Showing};
use evergrant_engine::fakes::{FakeClock, FakeHouse, grant, provider_id, subject};
use evergrant_engine::ports::Clock;
use tempfile::TempDir;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

use crate::interface::ProfileName;
use crate::profiles::Profiles;
use crate::programs::{Index, Office};

/// What an account is granted, beside sign-in.
pub const MAIL: &str = "https://mail.example/read";
pub const SEND: &str = "https://mail.example/send";

/// The wall clock of the stage, for the broker too.
struct StageClock(Arc<FakeClock>);

impl BrokerClock for StageClock {
    fn moment(&self) -> Moment {
        self.0.moment()
    }
}

/// A broker that serves on a socket of its own.
pub struct Stage {
    pub house: FakeHouse,
    pub engine: Engine,
    pub broker: Arc<Broker>,
    pub book: Arc<SqliteBook>,
    pub folder: TempDir,
    index: Arc<Index>,
    events: mpsc::UnboundedReceiver<Event>,
    stop: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

impl Stage {
    pub async fn open() -> Self {
        Self::with(false).await
    }

    /// Where nobody can be asked.
    pub async fn headless() -> Self {
        Self::with(true).await
    }

    async fn with(headless: bool) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let house = FakeHouse::default();
        let (engine, events) = Engine::start(house.world()).await.expect("the engine starts");
        let index = Arc::new(Index::new(house.clock.clone()));
        index.read(Ok(()));
        let (book, _) = SqliteBook::open(&folder.path().join("programs.sqlite3")).expect("a book");
        let profiles = Arc::new(Profiles::new(
            tokio::runtime::Handle::current(),
            ProfileName::Personal,
            None,
        ));
        let setup = Setup {
            accounts: index.clone(),
            book: book.clone(),
            log: book.clone(),
            office: Arc::new(Office::new(Arc::downgrade(&profiles))),
            clock: Arc::new(StageClock(house.clock.clone())),
            random: random_bytes::<8>,
            headless,
            version: "0",
        };
        let broker = Broker::open(setup).await.expect("a broker");
        let mut stage = Self {
            house,
            engine,
            broker,
            book,
            index,
            events,
            stop: watch::Sender::new(false),
            tasks: JoinSet::new(),
            folder,
        };
        stage.serve();
        stage
    }

    fn serve(&mut self) {
        let door = Door::open(&self.socket()).expect("a door");
        let witness = Arc::new(SystemWitness::new(vec![self.command()]));
        let (broker, stop) = (self.broker.clone(), self.stop.subscribe());
        self.tasks.spawn(door.serve(witness, broker, stop));
        let broker = self.broker.clone();
        self.tasks.spawn(async move { broker.keep_time().await });
    }

    pub fn socket(&self) -> PathBuf {
        self.folder.path().join("run").join("broker.sock")
    }

    /// Where the `evergrant` command stands on this stage.
    pub fn command(&self) -> PathBuf {
        self.folder.path().join("evergrant")
    }

    /// An account with these scopes beside sign-in.
    pub async fn connect(&mut self, sub: &str, scopes: &str) -> AccountId {
        let asked = ScopeSet::parse(&format!("openid email profile {scopes}"));
        let mut brought = grant(sub, Some(&format!("1//{sub}")), self.house.clock.moment());
        brought.granted = asked.clone();
        brought.lease.scopes = asked.clone();
        self.engine
            .connect(&provider_id(), asked, Showing::Browser)
            .await
            .expect("a consent begins");
        self.house.provider.grant_next(brought);
        let mut asked = false;
        for _ in 0..500 {
            self.settle().await;
            asked = asked || self.house.redirects.allow();
            if asked {
                break;
            }
        }
        assert!(asked, "the browser is opened");
        let id = AccountId::of(&subject(sub));
        for _ in 0..200 {
            self.settle().await;
            if self.engine.account(&id).is_ok() {
                return id;
            }
        }
        panic!("{sub} is not connected")
    }

    /// Lets what happened reach the index.
    pub async fn settle(&mut self) {
        tokio::time::sleep(Duration::from_millis(10)).await;
        while let Ok(event) = self.events.try_recv() {
            match event {
                Event::Account(status) => {
                    if let Ok(handle) = self.engine.account(&status.row.id) {
                        self.index.put(ProfileName::Personal, &status, "Example", handle);
                    }
                }
                Event::Gone { id, .. } => self.index.remove(&id),
                _ => {}
            }
        }
    }

    /// The account is gone, whatever it was granted.
    pub fn lose(&self, id: &AccountId) {
        self.index.remove(id);
    }

    pub fn now(&self) -> Timestamp {
        self.house.clock.now()
    }

    pub fn pass(&self, seconds: i64) {
        self.house.clock.advance(Seconds(seconds));
    }

    /// The question that a person sees, once there is one.
    pub async fn question(&self) -> Shown {
        let mut questions = self.broker.questions();
        let shown = questions.wait_for(Option::is_some);
        let shown = tokio::time::timeout(Duration::from_secs(20), shown).await;
        let shown = shown
            .expect("somebody asks")
            .expect("the broker is there")
            .clone();
        shown.expect("a question")
    }

    /// Answers the next question.
    pub async fn decide(&self, decision: Decision) -> Shown {
        let shown = self.question().await;
        self.broker.answer(shown.question.id, decision).await;
        shown
    }

    /// All of the log, newest first.
    pub async fn log(&self) -> Page {
        self.book.flush().await.expect("the log is written");
        let all = Search {
            limit: 500,
            ..Search::default()
        };
        self.book.page(all).await.expect("the log is read")
    }

    pub async fn close(mut self) {
        self.broker.close().await;
        self.stop.send_replace(true);
        self.tasks.shutdown().await;
        self.engine.stop().await;
    }
}
