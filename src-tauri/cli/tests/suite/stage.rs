//! A broker that answers by script and remembers what it was asked.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

/// One request: `POST /v1/token`, and its body.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    pub line: String,
    pub body: Value,
}

#[derive(Default)]
struct Script {
    /// For each request line, its answers in turn; the last one stays.
    answers: HashMap<String, Vec<(u16, String)>>,
    asked: Vec<Asked>,
    /// Before each answer.
    pause: Duration,
}

pub struct Stage {
    folder: TempDir,
    script: Arc<Mutex<Script>>,
}

impl Stage {
    /// Nobody listens yet.
    pub fn empty() -> Self {
        Self {
            folder: TempDir::new().expect("a folder"),
            script: Arc::default(),
        }
    }

    pub fn listening() -> Self {
        let stage = Self::empty();
        stage.open();
        stage
    }

    /// Begins to listen.
    pub fn open(&self) {
        serve(&self.socket(), Arc::clone(&self.script));
    }

    pub fn socket(&self) -> PathBuf {
        self.folder.path().join("broker.sock")
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What this request is answered from now on; said twice, first this, then that.
    pub fn answers(self, line: &str, status: u16, body: impl Into<String>) -> Self {
        let answer = (status, body.into());
        let mut script = self.script.lock().unwrap_or_else(PoisonError::into_inner);
        script.answers.entry(line.to_owned()).or_default().push(answer);
        drop(script);
        self
    }

    /// Takes so long for each answer.
    pub fn slowly(self, pause: Duration) -> Self {
        let mut script = self.script.lock().unwrap_or_else(PoisonError::into_inner);
        script.pause = pause;
        drop(script);
        self
    }

    pub fn asked(&self) -> Vec<Asked> {
        let script = self.script.lock().unwrap_or_else(PoisonError::into_inner);
        script.asked.clone()
    }

    /// The only request there was.
    pub fn asked_once(&self) -> Asked {
        let asked = self.asked();
        assert_eq!(asked.len(), 1, "{asked:?}");
        asked[0].clone()
    }
}

fn serve(socket: &Path, script: Arc<Mutex<Script>>) {
    let listener = UnixListener::bind(socket).expect("a socket");
    thread::spawn(move || {
        for stream in listener.incoming() {
            let script = Arc::clone(&script);
            thread::spawn(move || converse(&stream.expect("a connection"), &script));
        }
    });
}

fn converse(stream: &UnixStream, script: &Mutex<Script>) {
    let mut reader = BufReader::new(stream);
    while let Some(asked) = hear(&mut reader) {
        let mut script = script.lock().unwrap_or_else(PoisonError::into_inner);
        let answers = script.answers.get_mut(&asked.line);
        let (status, body) = match answers {
            None => (404, super::samples::problem("not_found", 404, false)),
            Some(answers) if answers.len() > 1 => answers.remove(0),
            Some(answers) => answers[0].clone(),
        };
        script.asked.push(asked);
        let pause = script.pause;
        drop(script);
        thread::sleep(pause);
        let head = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n\r\n", body.len());
        let mut writer = stream;
        if writer.write_all((head + &body).as_bytes()).is_err() {
            return;
        }
    }
}

fn hear(reader: &mut impl BufRead) -> Option<Asked> {
    let mut first = String::new();
    reader.read_line(&mut first).ok().filter(|count| *count > 0)?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        match line.trim_end().split_once(": ") {
            None => break,
            Some(("Content-Length", value)) => length = value.parse().expect("a length"),
            Some(_) => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Asked {
        line: first.trim_end().strip_suffix(" HTTP/1.1")?.to_owned(),
        body: serde_json::from_slice(&body).unwrap_or_default(),
    })
}
