//! A server on a real socket, and requests put on the wire by hand.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use evergrant_broker::door::Door;
use evergrant_broker::witness::{Caller, Peer, Unseen, Witness};
use evergrant_broker::{Assurance, Broker, Origin, Program, ProgramKey};
use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::empty_house;

/// Sees the same program in everybody.
struct OneEyed {
    command: bool,
}

impl Witness for OneEyed {
    fn identify(&self, _: Peer) -> Result<Caller, Unseen> {
        let program = Program {
            key: ProgramKey::new("exe:/usr/bin/mutt"),
            name: "mutt".to_owned(),
            path: None,
            origin: Origin::Direct,
            assurance: Assurance::System,
            package: None,
            chain: vec![],
            unit: None,
            terminal: None,
        };
        Ok(Caller::for_tests(program, self.command))
    }
}

pub struct Server {
    socket: PathBuf,
    stop: watch::Sender<bool>,
    serving: JoinHandle<()>,
    _folder: TempDir,
}

impl Server {
    /// Serves an empty house; `command`: whoever asks is the `evergrant` command.
    pub async fn open(command: bool) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let socket = folder.path().join("evergrant/broker.sock");
        let door = Door::open(&socket).expect("a door");
        let broker = Broker::open(empty_house::setup()).await.expect("a broker");
        let (stop, stopped) = watch::channel(false);
        let serving = tokio::spawn(door.serve(Arc::new(OneEyed { command }), broker, stopped));
        Self {
            socket,
            stop,
            serving,
            _folder: folder,
        }
    }

    /// The head of the answer, and its body.
    pub async fn ask(&self, method: &str, path: &str, body: &str) -> (String, Value) {
        let asking = self.exchange(method, path, body);
        let answer = tokio::time::timeout(Duration::from_secs(20), asking)
            .await
            .expect("an answer in time");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        (head.to_owned(), serde_json::from_str(body).expect("JSON"))
    }

    async fn exchange(&self, method: &str, path: &str, body: &str) -> String {
        let mut stream = UnixStream::connect(&self.socket).await.expect("a connection");
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).await.expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("text");
        answer
    }

    pub async fn close(self) {
        self.stop.send_replace(true);
        self.serving.await.expect("a good end");
    }
}
