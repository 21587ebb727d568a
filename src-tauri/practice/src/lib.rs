//! The practice Google: a faithful emulation of Google's sign-in, on the loopback only.
//!
//! It is the app's practice mode and what every test talks to. It keeps Google's rules for refresh
//! tokens, says Google's errors word for word, and goes wrong in every known way when told to. It
//! does not look like Google, and it protects nothing: its clients' secrets and signing keys are
//! public on purpose.
//!
//! - `rules`: what may happen, as pure functions over `state`, with the time passed in.
//! - `endpoints` and `pages`: the same rules over HTTP and for a person in a browser.
//! - `faults` and `control`: what tests use; the rules know nothing of them.

mod chance;
mod clock;
mod control;
mod door;
mod endpoint;
mod endpoints;
mod faults;
mod fingerprint;
mod id_token;
mod journal;
mod keys;
mod pages;
mod parameters;
mod people;
mod persist;
mod rules;
mod scopes;
mod server;
mod socket;
mod state;
mod world;

pub use people::{CLIENT_ID, CLIENT_SECRET, SECOND_CLIENT_ID, SECOND_CLIENT_SECRET};

use chance::Chance;
use persist::Saver;
use state::State;
use std::{fmt, io, net::Ipv4Addr, path::PathBuf, sync::Arc};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};
use world::World;

/// The issuer of the app's practice mode: the same whatever the port, so that accounts stay the
/// same accounts. `.invalid` can never be a real place (RFC 2606).
pub const PRACTICE_ISSUER: &str = "https://practice.evergrant.invalid";

/// How to start a practice Google.
#[derive(Clone, Default)]
pub struct Options {
    /// 0 = any free port.
    pub port: u16,
    /// What it calls itself in discovery, callbacks and `id_token`s. `None` = its base URL.
    pub issuer: Option<String>,
    /// `None` = a fresh random one.
    pub control_key: Option<String>,
    /// Where accounts and grants survive a restart. `None` = in memory only. Tokens are in it only
    /// as SHA-256 fingerprints.
    pub state_file: Option<PathBuf>,
}

/// A running practice Google. It ends when stopped or dropped.
pub struct Practice {
    base_url: String,
    control_key: String,
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<()>,
}

/// Binds 127.0.0.1 and serves.
pub async fn start(options: Options) -> io::Result<Practice> {
    start_seeded(options, None).await
}

/// As `start`, with tokens that repeat themselves from a seed.
pub async fn start_seeded(options: Options, seed: Option<u64>) -> io::Result<Practice> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
    let base_url = format!("http://127.0.0.1:{}", listener.local_addr()?.port());
    let state = match options.state_file.clone() {
        None => State::new(),
        Some(path) => tokio::task::spawn_blocking(move || persist::load(&path)).await??,
    };
    let mut chance = Chance::from_seed(seed);
    let control_key = options
        .control_key
        .unwrap_or_else(|| fingerprint::hex(&chance.bits()));
    let issuer = options.issuer.unwrap_or_else(|| base_url.clone());
    let world = Arc::new(World::new(
        base_url.clone(),
        issuer,
        control_key.clone(),
        state,
        chance,
    ));
    let saver = options.state_file.map(|path| Saver::new(world.clone(), path));
    let (stop, stopped) = oneshot::channel();
    let serving = tokio::spawn(server::serve(listener, world, saver, stopped));
    Ok(Practice {
        base_url,
        control_key,
        stop: Some(stop),
        serving,
    })
}

impl Practice {
    pub fn base_url(&self) -> String {
        self.base_url.clone()
    }

    /// Opens `/_control`.
    pub fn control_key(&self) -> &str {
        &self.control_key
    }

    /// Drops every connection, saves, and returns when all is done.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        let _ = (&mut self.serving).await;
    }
}

impl Drop for Practice {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Options")
            .field("port", &self.port)
            .field("issuer", &self.issuer)
            .field("state_file", &self.state_file)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Practice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Practice")
            .field("base_url", &self.base_url)
            .finish_non_exhaustive()
    }
}
