//! Parts that a test has played by a process of its own: this program again, told which part to play.
//! A part says what it has to say in lines on its standard output, and ends when its standard input does.

use std::{
    env,
    fs::File,
    io::{BufRead, BufReader, ErrorKind, Read, Write, stdin, stdout},
    os::{
        fd::OwnedFd,
        unix::{net::UnixStream, process::CommandExt},
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
};

use evergrant_broker::door::{Door, DoorTrouble, Limits};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::{
    sync::watch,
    task::{JoinHandle, spawn_blocking},
};

use crate::house::{Desk, HELLO, Knows, PATIENCE};

const PATH: &str = "DOOR_TEST_PATH";
const COUNT: &str = "DOOR_TEST_COUNT";
/// Before each line that is said, so that the harness's own are not taken for one.
const SAYS: &str = "says: ";

/// A process that plays a part. Killed when dropped.
pub struct Role(Child, BufReader<std::process::ChildStdout>);

impl Role {
    pub fn command(program: &Path, part: &str, path: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .args(["--exact", &format!("roles::{part}"), "--ignored", "--nocapture"])
            .env(PATH, path)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        command
    }

    pub fn start(command: &mut Command) -> Self {
        let mut child = command.spawn().expect("started");
        let says = BufReader::new(child.stdout.take().expect("piped"));
        Self(child, says)
    }

    pub fn play(part: &str, path: &Path, count: usize) -> Self {
        let program = env::current_exe().expect("this program");
        Self::start(Self::command(&program, part, path).env(COUNT, count.to_string()))
    }

    pub fn pid(&self) -> u32 {
        self.0.id()
    }

    /// The next line that it says.
    pub fn hear(&mut self) -> String {
        let mut line = String::new();
        loop {
            line.clear();
            assert_ne!(self.1.read_line(&mut line).expect("heard"), 0, "it ended");
            if let Some((_, said)) = line.trim_end().split_once(SAYS) {
                return said.to_owned();
            }
        }
    }

    /// Lets it end.
    pub fn release(&mut self) {
        drop(self.0.stdin.take());
    }

    /// As by `kill -9`.
    pub fn kill(mut self) {
        self.0.kill().expect("killed");
        self.0.wait().expect("ended");
    }
}

impl Drop for Role {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn given_path() -> PathBuf {
    env::var_os(PATH).expect("started by a test").into()
}

fn given_count() -> usize {
    let count = env::var(COUNT).expect("started by a test");
    count.parse().expect("a number")
}

/// As many file handles as this process may have.
fn take_all_handles() {
    let maximum = getrlimit(Resource::Nofile).maximum;
    let current = maximum;
    setrlimit(Resource::Nofile, Rlimit { current, maximum }).expect("set");
}

fn say(line: &str) {
    writeln!(stdout(), "{SAYS}{line}").expect("said");
}

fn until_released() {
    let _ = stdin().read(&mut [0]);
}

fn serve(door: Door) -> (JoinHandle<()>, watch::Sender<bool>) {
    let (stop, stopped) = watch::channel(false);
    let served = door.serve(Arc::new(Knows::default()), Arc::new(Desk::default()), stopped);
    (tokio::spawn(served), stop)
}

/// Opens the door and serves.
#[tokio::test]
#[ignore = "a part in another test"]
async fn holder() {
    match Door::open(&given_path()) {
        Ok(door) => {
            let (served, stop) = serve(door);
            say("open");
            spawn_blocking(until_released).await.expect("waited");
            stop.send_replace(true);
            served.await.expect("served");
        }
        Err(DoorTrouble::Taken) => say("taken"),
        Err(other) => say(&other.to_string()),
    }
}

/// Opens the door to so many of one process, and is patient with those who say nothing.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "a part in another test"]
async fn patient_holder() {
    take_all_handles();
    let share = given_count();
    let limits = Limits {
        head_within: PATIENCE * 3,
        connections: 4 * share,
        of_one_process: share,
        ..Limits::default()
    };
    let door = Door::open(&given_path()).expect("opened");
    let (served, stop) = serve(door.with_limits(limits));
    say("open");
    spawn_blocking(until_released).await.expect("waited");
    stop.send_replace(true);
    served.await.expect("served");
}

/// Serves the door that it was started with.
#[tokio::test]
#[ignore = "a part in another test"]
async fn heir() {
    let door = Door::inherited().expect("no trouble").expect("a door");
    say(&door.path().expect("a place").display().to_string());
    let (_served, _stop) = serve(door);
    // Its standard input was the door. It is killed, or ends when the test broke off.
    tokio::time::sleep(PATIENCE * 2).await;
}

/// Serves while there is not one file handle left; has some again when it is released.
#[tokio::test]
#[ignore = "a part in another test"]
async fn scarce() {
    let door = Door::open(&given_path()).expect("opened");
    let maximum = getrlimit(Resource::Nofile).maximum;
    let current = Some(256);
    setrlimit(Resource::Nofile, Rlimit { current, maximum }).expect("set");
    let mut eaten = Vec::new();
    while let Ok(one) = File::open("/dev/null") {
        eaten.push(one);
    }
    let (served, _stop) = serve(door);
    say("nothing left");
    spawn_blocking(until_released).await.expect("waited");
    drop(eaten);
    say("some again");
    served.await.expect("served until it is killed");
}

/// Opens so many connections, says nothing on them and holds them; says how many were closed at once.
#[test]
#[ignore = "a part in another test"]
fn silent_crowd() {
    let path = given_path();
    take_all_handles();
    let count = given_count();
    let mut crowd: Vec<UnixStream> = Vec::new();
    for _ in 0..count {
        crowd.push(UnixStream::connect(&path).expect("connected"));
    }
    say(&format!("{} there", crowd.len()));
    until_released();
    let closed = crowd.iter_mut().filter_map(|one| {
        one.set_nonblocking(true).ok()?;
        one.read(&mut [0]).ok()
    });
    say(&format!("{} closed", closed.count()));
}

/// Asks, and says how many bytes it was answered.
#[test]
#[ignore = "a part in another test"]
fn asker() {
    let mut stream = match UnixStream::connect(given_path()) {
        Ok(stream) => stream,
        Err(refused) => return say(&format!("not let in: {refused}")),
    };
    // Not to wait for the end of a connection that would be kept open.
    let ask = b"GET /hello HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    let _ = stream.write_all(ask);
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        Ok(_) => {}
        Err(closed) => assert_eq!(closed.kind(), ErrorKind::ConnectionReset),
    }
    say(&format!("{} bytes", answer.len()));
}

/// Asks, then becomes another program, which asks over the same connection and says how many bytes it got.
#[test]
#[ignore = "a part in another test"]
fn changeling() {
    let mut stream = UnixStream::connect(given_path()).expect("connected");
    stream
        .write_all(b"GET /hello HTTP/1.1\r\nhost: x\r\n\r\n")
        .expect("asked");
    let mut status = [0; 12];
    stream.read_exact(&mut status).expect("answered");
    say(&String::from_utf8_lossy(&status));
    let mut rest = Vec::new();
    while !rest.ends_with(&HELLO) {
        let mut some = [0; 4096];
        let count = stream.read(&mut some).expect("answered");
        assert_ne!(count, 0, "closed too early");
        rest.extend_from_slice(&some[..count]);
    }
    let shell =
        format!(r#"printf "GET /hello HTTP/1.1\r\nhost: x\r\n\r\n" >&0; echo "{SAYS}$(wc -c) bytes""#);
    let failed = Command::new("/bin/sh")
        .args(["-c", &shell])
        .stdin(Stdio::from(OwnedFd::from(stream)))
        .exec();
    panic!("{failed}");
}
