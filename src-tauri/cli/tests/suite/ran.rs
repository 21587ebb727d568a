//! A finished run of the command.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use super::stage::Stage;

#[derive(Debug, PartialEq, Eq)]
pub struct Ran {
    pub exit: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// Standard output as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// All went well and nothing but the answer was said.
    pub fn answered(&self, out: &str) {
        assert_eq!((self.exit, self.out.as_str(), self.err.as_str()), (0, out, ""));
    }

    /// No answer; this exit code, and exactly these words for a person.
    pub fn stopped(&self, exit: i32, err: &str) {
        assert_eq!((self.exit, self.out.as_str(), self.err.as_str()), (exit, "", err));
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Self {
            exit: output.status.code().expect("it was not killed by a signal"),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

/// The command, knowing nothing but this stage.
pub fn command(stage: &Stage) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_evergrant"));
    command
        .env_clear()
        .env("EVERGRANT_SOCKET", stage.socket())
        .env("TZ", "UTC0")
        .env("XDG_CONFIG_HOME", stage.folder().join("settings"))
        .stdin(Stdio::null());
    command
}

pub fn run(stage: &Stage, arguments: &[&str]) -> Ran {
    let mut command = command(stage);
    command.args(arguments).output().expect("it runs").into()
}

/// Run with these words on standard input.
pub fn run_saying(stage: &Stage, arguments: &[&str], input: &str) -> Ran {
    let mut child = command(stage)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut stdin = child.stdin.take().expect("its input");
    // It may end without reading all of it.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("it ends").into()
}
