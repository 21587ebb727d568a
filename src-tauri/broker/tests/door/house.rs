//! A door with somebody behind it, and how one asks there.

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use async_trait::async_trait;
use bytes::Bytes;
use evergrant_broker::{
    Assurance, Origin, Program, ProgramKey,
    door::{Door, Limits, Reception, body},
    witness::{Caller, Peer, Unseen, Witness},
};
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::UnixStream,
    sync::watch,
    task::JoinHandle,
    time::{sleep, timeout},
};

/// Longer than anything here takes, on a machine that is busy with something else.
pub const PATIENCE: Duration = Duration::from_secs(20);
/// What the desk says to `/hello`.
pub const HELLO: [u8; 200] = [b'h'; 200];
/// What it says to `/large`: more than any socket holds.
pub const LARGE: usize = 8 * 1024 * 1024;

fn program() -> Program {
    Program {
        key: ProgramKey::new("exe:/usr/bin/example"),
        name: "example".to_owned(),
        path: None,
        origin: Origin::Direct,
        assurance: Assurance::System,
        package: None,
        chain: Vec::new(),
        unit: None,
        terminal: None,
    }
}

/// Knows everybody, and counts whom it was shown.
#[derive(Default)]
pub struct Knows {
    pub shown: AtomicUsize,
}

impl Witness for Knows {
    fn identify(&self, _peer: Peer) -> Result<Caller, Unseen> {
        self.shown.fetch_add(1, SeqCst);
        Ok(Caller::for_tests(program(), false))
    }
}

/// Cannot make anybody out.
pub struct Blind;

impl Witness for Blind {
    fn identify(&self, _peer: Peer) -> Result<Caller, Unseen> {
        Err(Unseen::UnknownSandbox)
    }
}

/// Answers; counts what reached it, and which answers were given up.
#[derive(Default)]
pub struct Desk {
    limits: Limits,
    pub asked: AtomicUsize,
    pub given_up: AtomicUsize,
}

struct Unfinished<'a>(&'a AtomicUsize);

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        self.0.fetch_add(1, SeqCst);
    }
}

#[async_trait]
impl Reception for Desk {
    async fn answer(&self, _caller: &Arc<Caller>, request: Request<Incoming>) -> Response<Full<Bytes>> {
        self.asked.fetch_add(1, SeqCst);
        let path = request.uri().path().to_owned();
        let said = match path.as_str() {
            "/large" => vec![0; LARGE].into(),
            "/body" => match body(request, &self.limits).await {
                Ok(body) => format!("{} bytes", body.len()).into(),
                Err(trouble) => format!("{trouble:?}").into(),
            },
            "/half-a-second" => {
                sleep(Duration::from_millis(500)).await;
                Bytes::from_static(&HELLO)
            }
            "/for-ever" => {
                let _unfinished = Unfinished(&self.given_up);
                std::future::pending().await
            }
            _ => Bytes::from_static(&HELLO),
        };
        Response::new(Full::new(said))
    }
}

/// A door that is served, in a folder of its own.
pub struct House {
    pub path: PathBuf,
    pub witness: Arc<Knows>,
    pub desk: Arc<Desk>,
    pub stop: watch::Sender<bool>,
    pub served: JoinHandle<()>,
    _folder: TempDir,
}

pub fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("evergrant/broker.sock");
    (folder, path)
}

pub fn opened(limits: Limits) -> House {
    let (folder, path) = place();
    let door = Door::open(&path).expect("opened").with_limits(limits);
    let witness = Arc::new(Knows::default());
    let desk = Arc::new(Desk {
        limits,
        ..Desk::default()
    });
    let (stop, stopped) = watch::channel(false);
    let served = tokio::spawn(door.serve(Arc::clone(&witness) as _, Arc::clone(&desk) as _, stopped));
    House {
        path,
        witness,
        desk,
        stop,
        served,
        _folder: folder,
    }
}

impl House {
    pub async fn call(&self) -> UnixStream {
        call(&self.path).await
    }

    /// Somebody else, who asks and is answered.
    pub async fn serves_others(&self) {
        let mut other = self.call().await;
        say(&mut other, b"GET /hello HTTP/1.1\r\nhost: x\r\n\r\n").await;
        assert_eq!(answer(&mut other).await.1, HELLO);
    }
}

/// Waits where a crowd stands before the door.
pub async fn call(path: &Path) -> UnixStream {
    loop {
        match UnixStream::connect(path).await {
            Err(full) if full.kind() == ErrorKind::WouldBlock => sleep(Duration::from_millis(1)).await,
            called => return called.expect("let in"),
        }
    }
}

pub async fn say(stream: &mut UnixStream, bytes: &[u8]) {
    stream.write_all(bytes).await.expect("heard");
}

/// The status and the body of the next answer.
pub async fn answer(stream: &mut UnixStream) -> (u16, Vec<u8>) {
    timeout(PATIENCE, read_answer(stream)).await.expect("in time")
}

async fn read_answer(stream: &mut UnixStream) -> (u16, Vec<u8>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.expect("a head"));
    }
    let head = String::from_utf8(head).expect("text").to_lowercase();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let length = length.and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.expect("a body");
    (status.expect("a status"), body)
}

/// All that still comes until the door closes the connection.
pub async fn rest(stream: &mut UnixStream) -> Vec<u8> {
    let mut rest = Vec::new();
    // A connection that is closed over what was not read ends in an error: it is closed all the same.
    let _ = timeout(PATIENCE, stream.read_to_end(&mut rest))
        .await
        .expect("closed in time");
    rest
}
