//! Real programs that connect to a real socket.
#![allow(dead_code)]

use std::{
    fs,
    io::Write,
    os::unix::{fs::PermissionsExt, net::UnixListener, net::UnixStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use evergrant_broker::witness::{Caller, Peer, SystemWitness, Unseen, Witness};
use tempfile::TempDir;

/// Long: machines are slow at times.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Connects to the socket named by its argument, says so, and waits.
pub const PYTHON: &str = "import socket, sys\n\
    s = socket.socket(socket.AF_UNIX)\n\
    s.connect(sys.argv[1])\n\
    s.recv(1)\n";
pub const PERL: &str = "use IO::Socket::UNIX;\n\
    my $s = IO::Socket::UNIX->new(Peer => $ARGV[0]) or die;\n\
    <$s>;\n";

pub struct Stage {
    folder: TempDir,
    listener: UnixListener,
    pub witness: SystemWitness,
}

/// A program at the other end. Ends with this value.
pub struct Asking {
    pub child: Child,
    pub socket: UnixStream,
}

impl Drop for Asking {
    fn drop(&mut self) {
        // What it started notices by the connection that closes.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Asking {
    pub fn peer(&self) -> Peer {
        Peer::of(&self.socket).expect("a Unix socket")
    }
}

impl Stage {
    /// With `evergrant` in the folder as the command.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let listener = UnixListener::bind(folder.path().join("socket")).expect("bound");
        listener.set_nonblocking(true).expect("set");
        let witness = SystemWitness::new(vec![folder.path().join("evergrant"), "/nowhere/evergrant".into()]);
        Self {
            folder,
            listener,
            witness,
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        // As the kernel names it.
        fs::canonicalize(self.folder.path()).expect("there").join(name)
    }

    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let draft = self.path("draft");
        fs::write(&draft, text).expect("written");
        fs::set_permissions(&draft, fs::Permissions::from_mode(0o755)).expect("set");
        self.copy(draft.to_str().expect("plain"), name)
    }

    /// Copied by another process: while this one had the file open for writing, a child that another test
    /// starts just then would hold it open too, and it could not be run.
    pub fn copy(&self, from: &str, name: &str) -> PathBuf {
        let path = self.path(name);
        let copied = Command::new("cp")
            .arg("--remove-destination")
            .arg(from)
            .arg(&path)
            .status()
            .expect("started");
        assert!(copied.success());
        path
    }

    /// What makes a copy of curl connect, and wait for an answer that does not come.
    pub fn curl_line(&self, program: &Path) -> String {
        let socket = self.path("socket");
        format!(
            "{} -sm 60 --unix-socket {} http://x/",
            program.display(),
            socket.display()
        )
    }

    pub fn curl(&self, program: &Path) -> Command {
        let line = self.curl_line(program);
        let mut words = line.split(' ');
        let mut command = Command::new(words.next().expect("a program"));
        command.args(words);
        command
    }

    /// Starts it and waits until it, or what it starts, connects.
    pub fn start(&self, command: &mut Command) -> Asking {
        let child = command.stdout(Stdio::null()).spawn().expect("started");
        self.accept(child)
    }

    /// The same with something to read.
    pub fn start_typing(&self, command: &mut Command, text: &str) -> Asking {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("started");
        child
            .stdin
            .as_mut()
            .expect("open")
            .write_all(text.as_bytes())
            .expect("typed");
        self.accept(child)
    }

    fn accept(&self, child: Child) -> Asking {
        let socket = eventually("it connects", || self.listener.accept().ok()).0;
        Asking { child, socket }
    }

    pub fn identify(&self, asking: &Asking) -> Result<Caller, Unseen> {
        self.witness.identify(asking.peer())
    }

    pub fn seen(&self, command: &mut Command) -> (Caller, Asking) {
        let asking = self.start(command);
        (self.identify(&asking).expect("seen"), asking)
    }
}

pub fn key(caller: &Caller) -> &str {
    caller.program.key.as_str()
}

pub fn eventually<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let until = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < until, "in vain: {what}");
        sleep(Duration::from_millis(10));
    }
}
