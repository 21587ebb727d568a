//! A server that runs as a process of its own, and ends with this one.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use tempfile::TempDir;

use crate::Outcome;
use crate::server::Setting;

pub struct Running {
    pub socket: PathBuf,
    child: Child,
    tell: ChildStdin,
    answers: BufReader<ChildStdout>,
    _folder: TempDir,
}

impl Running {
    /// The floor.
    pub fn echo() -> Outcome<Self> {
        let folder = tempfile::tempdir()?;
        let socket = folder.path().join("echo.sock");
        let words = vec!["echo".to_owned(), socket.display().to_string()];
        Self::begin(&words, socket, folder)
    }

    /// The broker, composed as `server` says.
    pub fn broker(accounts: usize, rows: usize) -> Outcome<Self> {
        let folder = tempfile::tempdir()?;
        let setting = Setting {
            folder: folder.path().to_owned(),
            accounts,
            rows,
        };
        Self::begin(&setting.words(), setting.socket(), folder)
    }

    fn begin(words: &[String], socket: PathBuf, folder: TempDir) -> Outcome<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let tell = child.stdin.take().ok_or("no way in")?;
        let answers = BufReader::new(child.stdout.take().ok_or("no way out")?);
        let mut server = Self {
            socket,
            child,
            tell,
            answers,
            _folder: folder,
        };
        server.answer()?;
        Ok(server)
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    pub fn socket(&self) -> &Path {
        &self.socket
    }

    /// Tells the server something and waits for what it says.
    pub fn tell(&mut self, word: &str) -> Outcome<String> {
        writeln!(self.tell, "{word}")?;
        self.answer()
    }

    fn answer(&mut self) -> Outcome<String> {
        let mut line = String::new();
        if self.answers.read_line(&mut line)? == 0 {
            return Err("a server ended".into());
        }
        Ok(line.trim_end().to_owned())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
