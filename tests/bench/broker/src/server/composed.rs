use std::io::{BufRead, Write, stdin, stdout};
use std::sync::Arc;

use evergrant_adapters::entropy::random_bytes;
use evergrant_agent::bench::{Index, office};
use evergrant_agent::hardening;
use evergrant_agent::interface::ProfileName;
use evergrant_broker::door::Door;
use evergrant_broker::ports::Log;
use evergrant_broker::witness::SystemWitness;
use evergrant_broker::{Broker, Setup};
use evergrant_domain::{AccountId, Client, ScopeSet, lifecycle::Freshness, time::Seconds};
use evergrant_engine::event::Event;
use evergrant_engine::fakes::{FakeHouse, provider_id};
use evergrant_engine::ports::Clock;
use evergrant_engine::{ClientSource, Engine, KnownProvider, World};
use tokio::runtime::{Builder, Handle};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

use super::past::{self, said};
use super::provider::{Ahead, Hourly};
use super::setting::Setting;
use crate::Outcome;

/// As many as `evergrant-agent` has.
const THREADS: usize = 2;

/// The broker, until whoever measures is gone.
pub fn broker(setting: &Setting) -> Outcome {
    hardening::apply();
    let runtime = Builder::new_multi_thread()
        .worker_threads(THREADS)
        .enable_all()
        .build()?;
    runtime.block_on(serve(setting))
}

async fn serve(setting: &Setting) -> Outcome {
    let clock = Arc::new(Ahead::default());
    let provider = Arc::new(Hourly::new(Arc::clone(&clock), past::granted()));
    let house = FakeHouse::default();
    let accounts = past::connect(&house, setting.accounts).await?;
    let book = past::book(
        &setting.folder.join("programs.sqlite3"),
        setting.rows,
        Clock::now(&*clock),
    )
    .await?;
    past::allow(&book, &accounts).await?;

    let (engine, events) = Engine::start(world(&house, &clock, &provider))
        .await
        .map_err(said)?;
    let index = Arc::new(Index::new(clock.clone()));
    index_all(&engine, &index);
    index.read(Ok(()));
    warm(&engine, &accounts).await?;

    let setup = Setup {
        accounts: index.clone(),
        book: book.clone(),
        log: book.clone(),
        office: office(),
        clock: clock.clone(),
        random: random_bytes::<8>,
        headless: true,
        version: env!("CARGO_PKG_VERSION"),
    };
    let broker = Broker::open(setup).await.map_err(said)?;
    let door = Door::open(&setting.socket())?;
    // Dropped with this process.
    let stop = watch::Sender::new(false);
    let witness = SystemWitness::new(vec![std::env::current_exe()?.with_file_name("evergrant")]);
    let mut tasks = JoinSet::new();
    tasks.spawn(door.serve(Arc::new(witness), broker.clone(), stop.subscribe()));
    tasks.spawn(async move { broker.keep_time().await });
    tasks.spawn(follow(engine, events, index));

    let handle = Handle::current();
    let told = move || listen(&handle, &clock, &provider, &*book);
    tokio::task::spawn_blocking(move || told().map_err(|reason| reason.to_string())).await??;
    Ok(())
}

fn world(house: &FakeHouse, clock: &Arc<Ahead>, provider: &Arc<Hourly>) -> World {
    let mut world = house.world();
    world.clock = clock.clone();
    for known in world.providers.values_mut() {
        *known = Arc::new(KnownProvider {
            spec: known.spec.clone(),
            port: provider.clone(),
            client: ClientSource::BuiltIn(Client {
                id: "client".into(),
                secret: None,
            }),
        });
    }
    debug_assert!(world.providers.contains_key(&provider_id()));
    world
}

fn index_all(engine: &Engine, index: &Index) {
    for handle in engine.accounts() {
        let status = handle.status();
        index.put(ProfileName::Personal, &status, "Example", handle);
    }
}

/// Fetches a lease for every account.
async fn warm(engine: &Engine, accounts: &[AccountId]) -> Outcome {
    let mut fetching = JoinSet::new();
    for id in accounts {
        let account = engine.account(id).map_err(said)?;
        fetching.spawn(async move {
            account
                .lease(&ScopeSet::default(), Freshness::AtLeast(Seconds(0)))
                .await
        });
    }
    while let Some(fetched) = fetching.join_next().await {
        fetched?.map_err(said)?;
    }
    Ok(())
}

/// What happens to accounts reaches the index, as in the agent.
async fn follow(engine: Engine, mut events: mpsc::UnboundedReceiver<Event>, index: Arc<Index>) {
    while let Some(event) = events.recv().await {
        match event {
            Event::Account(status) => {
                if let Ok(handle) = engine.account(&status.row.id) {
                    index.put(ProfileName::Personal, &status, "Example", handle);
                }
            }
            Event::Gone { id, .. } => index.remove(&id),
            _ => {}
        }
    }
}

/// Says that it is ready, then does what it is told, a line each.
fn listen(handle: &Handle, clock: &Ahead, provider: &Hourly, log: &dyn Log) -> Outcome {
    writeln!(stdout(), "ready")?;
    for line in stdin().lock().lines() {
        match line?.as_str() {
            "expire" => clock.pass_an_hour(),
            "refreshes" => {
                writeln!(stdout(), "{}", provider.refreshes())?;
                continue;
            }
            "flush" => handle.block_on(log.flush()).map_err(said)?,
            other => return Err(format!("{other}: nothing that this server does").into()),
        }
        writeln!(stdout(), "done")?;
    }
    Ok(())
}
