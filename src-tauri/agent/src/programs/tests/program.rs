//! Programs that ask: real processes, each a script of its own.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};

use super::stage::Stage;

/// Sends the lines of its standard input as requests over one connection, and prints an answer a line.
const SCRIPT: &str = r#"
import http.client, json, socket, sys
class Line(http.client.HTTPConnection):
    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(60)
        self.sock.connect(sys.argv[1])
line = Line("localhost")
for asked in sys.stdin:
    asked = json.loads(asked)
    body = None if asked.get("body") is None else json.dumps(asked["body"])
    line.request(asked["method"], asked["path"], body)
    answer = line.getresponse()
    text = answer.read().decode()
    print(json.dumps({"status": answer.status, "type": answer.headers.get("content-type"),
        "retry_after": answer.headers.get("retry-after"), "body": json.loads(text) if text else None}), flush=True)
"#;

/// A script that asks.
pub struct Program {
    child: Child,
}

/// What it was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Value,
    pub retry_after: Option<u32>,
}

impl Answer {
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    pub fn token(&self) -> &str {
        self.body["access_token"].as_str().unwrap_or_default()
    }

    pub fn scopes(&self) -> Vec<&str> {
        let scopes = self.body["scopes"].as_array().into_iter().flatten();
        scopes.filter_map(Value::as_str).collect()
    }
}

impl Program {
    /// A program of this name: the same name is the same program.
    pub fn start(stage: &Stage, name: &str) -> Self {
        let script = script(stage, name);
        Self::run(Path::new("/usr/bin/python3"), &[script], stage)
    }

    /// The `evergrant` command, as far as the witness can tell, run by a program of this name.
    pub fn through_command(stage: &Stage, name: &str) -> Self {
        let command = stage.command();
        if !command.exists() {
            std::fs::copy("/usr/bin/python3", &command).expect("a command");
        }
        let script = script(stage, "command");
        let parent = stage.folder.path().join(format!("{name}.py"));
        let run = "import subprocess, sys\nsys.exit(subprocess.run(sys.argv[1:]).returncode)\n";
        std::fs::write(&parent, run).expect("a parent");
        Self::run(Path::new("/usr/bin/python3"), &[parent, command, script], stage)
    }

    fn run(program: &Path, arguments: &[PathBuf], stage: &Stage) -> Self {
        let child = Command::new(program)
            .args(arguments)
            .arg(stage.socket())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("a program");
        Self { child }
    }

    /// Asks, and waits for the answer.
    pub async fn ask(&mut self, method: &str, path: &str, body: Value) -> Answer {
        self.send(method, path, body).await;
        self.answer().await
    }

    pub async fn send(&mut self, method: &str, path: &str, body: Value) {
        let body = if body.is_null() { Value::Null } else { body };
        let line = json!({ "method": method, "path": path, "body": body }).to_string() + "\n";
        let input = self.child.stdin.as_mut().expect("it reads");
        input
            .write_all(line.as_bytes())
            .await
            .expect("it takes the request");
    }

    pub async fn answer(&mut self) -> Answer {
        let output = self.child.stdout.as_mut().expect("it prints");
        let mut line = vec![];
        let read = async {
            loop {
                let byte = output.read_u8().await.expect("it is answered");
                if byte == b'\n' {
                    break;
                }
                line.push(byte);
            }
        };
        tokio::time::timeout(Duration::from_secs(60), read)
            .await
            .expect("an answer in time");
        let answer: Value = serde_json::from_slice(&line).expect("an answer");
        let number = |value: &Value| value.as_str().and_then(|text| text.parse().ok());
        Answer {
            status: answer["status"]
                .as_u64()
                .and_then(|status| u16::try_from(status).ok())
                .unwrap_or(0),
            retry_after: number(&answer["retry_after"]),
            body: answer["body"].clone(),
        }
    }

    pub async fn token(&mut self, account: &str, more: Value) -> Answer {
        let mut body = json!({ "account": account });
        if let (Some(body), Value::Object(more)) = (body.as_object_mut(), more) {
            body.extend(more);
        }
        self.ask("POST", "/v1/token", body).await
    }

    pub async fn end(mut self) {
        self.child.kill().await.expect("it ends");
    }
}

fn script(stage: &Stage, name: &str) -> PathBuf {
    let path = stage.folder.path().join(format!("{name}.client.py"));
    if !path.exists() {
        std::fs::write(&path, SCRIPT).expect("a script");
    }
    path
}
